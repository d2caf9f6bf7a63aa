package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Calls put into the ledger against one locked reservation, and what of it they used up. */
final class Settling {
  private static final System.Logger LOG = System.getLogger(Budgets.class.getName());

  private final LedgerStore ledger;
  private final Instant now;
  private Money moved = Money.ZERO;

  Settling(LedgerStore ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** What the reservation's held must go down by. */
  Money moved() {
    return moved;
  }

  List<Settled> settle(Tx tx, Reservation locked, List<Charge> charges) {
    List<LedgerStore.Paid> wanted = paid(locked.held(), news(tx, locked, charges));
    var added = new HashSet<>(wanted.isEmpty() ? Set.of() : ledger.insert(tx, locked, wanted, now));
    var settled = new ArrayList<Settled>();
    for (Charge charge : charges) {
      settled.add(
          added.remove(charge.callId())
              ? first(locked, paidOf(wanted, charge.callId()))
              : again(tx, locked, charge.callId()));
    }
    return settled;
  }

  /**
   * Only when the hold does not cover all does it matter which calls are paid for already: what
   * they would take again must not be missing for the others.
   */
  private List<Charge> news(Tx tx, Reservation locked, List<Charge> charges) {
    if (covers(locked.held(), charges)) {
      return charges;
    }
    var known = new HashSet<>(ledger.known(tx, charges));
    return charges.stream().filter(charge -> known.add(charge.callId())).toList();
  }

  private static boolean covers(Money held, List<Charge> charges) {
    Money left = held;
    for (Charge charge : charges) {
      if (charge.actual().compareTo(left) > 0) {
        return false;
      }
      left = left.minusOrZero(charge.actual());
    }
    return true;
  }

  private static List<LedgerStore.Paid> paid(Money held, List<Charge> charges) {
    var paid = new ArrayList<LedgerStore.Paid>();
    Money left = held;
    for (Charge charge : charges) {
      Money charged = charge.actual().min(left);
      left = left.minusOrZero(charged);
      paid.add(new LedgerStore.Paid(charge, charged));
    }
    return paid;
  }

  private Settled first(Reservation locked, LedgerStore.Paid paid) {
    moved = moved.plus(paid.charged());
    if (!paid.excess().isZero()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} claims {1} beyond the hold for call {2}",
          paid.charge().provider(),
          paid.excess(),
          paid.charge().callId());
    }
    return new Settled(paid.charged(), paid.excess(), locked.held().minusOrZero(moved));
  }

  private Settled again(Tx tx, Reservation locked, UUID call) {
    LedgerEntry first = ledger.entry(tx, call).orElseThrow(() -> unknown(call));
    return new Settled(first.charged(), first.excess(), locked.held().minusOrZero(moved));
  }

  private static LedgerStore.Paid paidOf(List<LedgerStore.Paid> calls, UUID call) {
    return calls.stream()
        .filter(paid -> paid.charge().callId().equals(call))
        .findFirst()
        .orElseThrow();
  }

  private static IllegalArgumentException unknown(UUID call) {
    return new IllegalArgumentException("the ledger does not show this workspace call " + call);
  }
}
