package io.aragora.debate;

import io.aragora.budget.Charge;
import io.aragora.budget.Settled;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.brief.Panels;
import io.aragora.event.Event;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.platform.db.Tx;
import io.aragora.provider.Model;
import java.util.List;

/**
 * Calls that were made and of which nobody knows the end: their node died, or they were cut off.
 */
final class OpenCalls {
  private OpenCalls() {}

  /** Charges them at their bound, for they may have been billed. */
  static void settle(DebateParts parts, Tx tx, Running debate, List<Event> events) {
    for (CallStore.Open open : CallStore.endOpenCalls(tx, debate.id())) {
      Brief.Seat seat = debate.brief().seat(Math.max(open.seat(), 1));
      Model model = Panels.require(parts.providers(), seat.model());
      Money one = Money.ofMicro(open.boundMicro() / parts.providers().billedAttemptsAtMost());
      var charge =
          new Charge(
              open.callId(),
              open.seat(),
              model.provider(),
              model.name(),
              Tokens.NONE,
              one,
              SeatCalls.basis(parts, model),
              Charge.Kind.AMBIGUOUS);
      Settled settled = parts.budgets().settle(tx, debate.row().reservation(), charge);
      events.add(SeatEvents.settled(charge, settled));
    }
  }
}
