package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reservations, from hold to release. A release locks its reservation before its budget rows. */
final class ReservationStore {
  /** A reservation nobody else can change now; {@code unbooked} of it its month counts as held. */
  record Locked(Reservation row, Money unbooked, boolean booked) {}

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

  Optional<Locked> lock(Tx tx, UUID id) {
    return tx.one(
        """
        select reservation_id, debate_id, period, amount, held, spent, state, unbooked, booked
          from reservation
         where reservation_id = ?
           for no key update
        """,
        row -> new Locked(reservation(row), money(row, "unbooked"), row.flag("booked")),
        id);
  }

  /** Moves money of a locked reservation from held to spent; its month is told at the release. */
  void spend(Tx tx, UUID reservation, Money charged) {
    tx.update(
        """
        update reservation
           set held = held - ?, spent = spent + ?, unbooked = unbooked + ?, booked = false
         where reservation_id = ?
        """,
        charged.micro(),
        charged.micro(),
        charged.micro(),
        reservation);
  }

  /** Closes a locked reservation of which its month need not be told anything. */
  void close(Tx tx, UUID reservation) {
    tx.update(
        """
        update reservation
           set state = 'released', booked = true
         where reservation_id = ?
        """,
        reservation);
  }

  /**
   * Closes a locked reservation: every row it was taken from learns what was spent and gets back
   * the rest. The rows are locked in the order of workspace and period, as a hold locks them.
   */
  void book(Tx tx, Locked locked) {
    tx.update(
        """
        with mine as (
          select workspace_id, period, day, payers, amount, spent, held + unbooked as kept, unbooked
            from reservation
           where reservation_id = ?),
        taken as materialized (
          select budget.workspace_id, budget.period,
                 budget.workspace_id = mine.workspace_id and budget.period = mine.period as own
            from budget, mine
           where (budget.workspace_id = mine.workspace_id or budget.workspace_id = any (mine.payers))
             and (budget.period = mine.period or budget.period = mine.day)
           order by budget.workspace_id, budget.period
             for no key update of budget),
        closed as (
          update reservation
             set held = 0, unbooked = 0, state = 'released', booked = true
           where reservation_id = ?)
        update budget
           set held = budget.held - case when taken.own then mine.kept else mine.amount end,
               spent = budget.spent + case when taken.own then mine.unbooked else mine.spent end
          from taken, mine
         where budget.workspace_id = taken.workspace_id
           and budget.period = taken.period
        """,
        locked.row().id(),
        locked.row().id());
  }

  /** Takes the wish from every one of these locked rows, unless the debate has its money. */
  boolean insert(
      Tx tx,
      WorkspaceId workspace,
      Reservation wish,
      String day,
      List<BudgetStore.Line> lines,
      Instant now) {
    return tx.update(
            """
            with kept as (
              insert into reservation
                     (reservation_id, workspace_id, debate_id, period, day, payers, amount, held,
                      spent, state, booked, created_at)
              values (?, ?, ?, ?, ?, ?::uuid[], ?, ?, 0, 'open', false, ?)
                  on conflict (debate_id) do nothing
              returning amount)
            update budget
               set held = held + kept.amount, raised = line.raised
              from kept, unnest(?::uuid[], ?::text[], ?::bigint[])
                           as line (workspace_id, period, raised)
             where budget.workspace_id = line.workspace_id
               and budget.period = line.period
            """,
            wish.id(),
            workspace.value(),
            wish.debate().value(),
            wish.period(),
            day,
            lines.stream()
                .map(BudgetStore.Line::workspace)
                .filter(payer -> !payer.equals(workspace.value()))
                .map(UUID::toString)
                .distinct()
                .toArray(String[]::new),
            wish.amount().micro(),
            wish.amount().micro(),
            now,
            column(lines, BudgetStore.Line::workspace),
            column(lines, BudgetStore.Line::period),
            column(lines, line -> line.raised().micro()))
        > 0;
  }

  private static String[] column(
      List<BudgetStore.Line> lines, Function<BudgetStore.Line, Object> field) {
    return lines.stream().map(field).map(Object::toString).toArray(String[]::new);
  }

  /** Writes down a wish for nothing; false if its month is missing or the debate has one. */
  boolean insertFree(Tx tx, WorkspaceId workspace, Reservation wish, Instant now) {
    return tx.update(
            """
            insert into reservation
                   (reservation_id, workspace_id, debate_id, period, amount, held, spent, state,
                    booked, created_at)
            select ?, workspace_id, ?, period, 0, 0, 0, 'open', true, ?
              from budget
             where workspace_id = ?
               and period = ?
                on conflict (debate_id) do nothing
            """,
            wish.id(),
            wish.debate().value(),
            now,
            workspace.value(),
            wish.period())
        == 1;
  }

  /** Open ones from before a time whose debate has no job. */
  List<DebateId> dead(Tx tx, Instant before) {
    return tx.list(
        """
        select debate_id
          from reservation
         where state = 'open'
           and created_at < ?
           and not exists (
               select 1
                 from scheduled_tasks
                where task_instance = reservation.debate_id::text)
        """,
        row -> new DebateId(row.uuid("debate_id")),
        before);
  }

  /** Released ones of which some budget row still holds money. */
  List<UUID> leftovers(Tx tx, WorkspaceId workspace) {
    return tx.list(
        """
        select reservation_id
          from reservation
         where workspace_id = ?
           and not booked
           and state = 'released'
        """,
        row -> row.uuid("reservation_id"),
        workspace.value());
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
