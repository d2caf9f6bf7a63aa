package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.util.Optional;
import java.util.UUID;

/** Reservations after the hold. Always locks a reservation before its month, never after. */
final class ReservationStore {
  Optional<Reservation> reservationOf(Tx tx, DebateId debate) {
    return tx.one(
        """
        select reservation_id, debate_id, period, amount, held, spent, state
          from reservation
         where debate_id = ?
        """,
        ReservationStore::reservation,
        debate.value());
  }

  Optional<Reservation> reservation(Tx tx, UUID id) {
    return tx.one(
        """
        select reservation_id, debate_id, period, amount, held, spent, state
          from reservation
         where reservation_id = ?
        """,
        ReservationStore::reservation,
        id);
  }

  Optional<Reservation> lock(Tx tx, UUID id) {
    return tx.one(
        """
        select reservation_id, debate_id, period, amount, held, spent, state
          from reservation
         where reservation_id = ?
           for update
        """,
        ReservationStore::reservation,
        id);
  }

  /** Moves money of a locked reservation from held to spent, here and in its month. */
  void spend(Tx tx, UUID reservation, Money charged) {
    tx.update(
        """
        with paid as (
          update reservation
             set held = held - ?, spent = spent + ?
           where reservation_id = ?
          returning workspace_id, period)
        update budget
           set held = held - ?, spent = spent + ?
          from paid
         where budget.workspace_id = paid.workspace_id
           and budget.period = paid.period
        """,
        charged.micro(),
        charged.micro(),
        reservation,
        charged.micro(),
        charged.micro());
  }

  /** Closes a locked reservation and gives what it held back to its month. */
  void release(Tx tx, UUID reservation, Money held) {
    tx.update(
        """
        with closed as (
          update reservation
             set held = 0, state = 'released'
           where reservation_id = ?
          returning workspace_id, period)
        update budget
           set held = held - ?
          from closed
         where budget.workspace_id = closed.workspace_id
           and budget.period = closed.period
        """,
        reservation,
        held.micro());
  }

  private static Reservation reservation(Row row) {
    return new Reservation(
        row.uuid("reservation_id"),
        new DebateId(row.uuid("debate_id")),
        row.text("period"),
        money(row, "amount"),
        money(row, "held"),
        money(row, "spent"),
        row.text("state").equals("open"));
  }

  private static Money money(Row row, String column) {
    return Money.ofMicro(row.number(column));
  }
}
