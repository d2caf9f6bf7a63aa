package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.budget.Settled;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.brief.Panels;
import io.aragora.event.Event;
import io.aragora.kernel.Money;
import io.aragora.platform.db.Tx;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that were made and of which nobody knows the end: their node died, or they were cut off.
 */
final class OpenCalls {
  private OpenCalls() {}

  /** Charges them at their bound, for they may have been billed, and returns what the hold has. */
  static Money settle(DebateParts parts, Tx tx, Running debate, Money left, List<Event> events) {
    var charges = new ArrayList<Charge>();
    for (CallStore.Open open : CallStore.endOpenCalls(tx, debate.id())) {
      Brief.Seat seat = debate.brief().seat(Math.max(open.seat(), 1));
      charges.add(Charges.ofOpen(parts, open, Panels.require(parts.providers(), seat.model())));
    }
    List<Settled> settled = parts.budgets().settle(tx, debate.row().reservation(), charges);
    for (int at = 0; at < charges.size(); at++) {
      events.add(SeatEvents.settled(charges.get(at), settled.get(at)));
    }
    return settled.isEmpty() ? left : settled.getLast().left();
  }
}
