package io.aragora.debate;

import io.aragora.budget.Reservation;
import io.aragora.consensus.Conclusion;
import io.aragora.consensus.Confidence;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.engine.Move;
import io.aragora.debate.words.Wire;
import io.aragora.event.Event;
import io.aragora.event.StreamHead;
import io.aragora.event.StreamPlace;
import io.aragora.kernel.Money;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Tx;
import io.aragora.receipt.Issued;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends a debate: verdict, receipt, log leaf, money and last event in one transaction. */
final class Closing {
  private final DebateParts parts;

  Closing(DebateParts parts) {
    this.parts = parts;
  }

  /** Closes in the caller's transaction; {@code events} are those of the turn that led here. */
  void close(Tx tx, Running debate, Standing standing, Move.Conclude end, List<Event> events) {
    List<Answered> answers = standing.answers();
    OpenCalls.settle(parts, tx, debate, standing.left(), events);
    Agreement.counted(debate.brief(), end.findings(), answers).ifPresent(events::add);
    events.add(decided(end));
    StreamPlace place = parts.events().append(tx, debate.id(), standing.place(), events);
    StreamHead head = parts.events().head(tx, debate.id());
    Reservation money = parts.budgets().reservation(tx, debate.row().reservation());
    var decision =
        new Decisions(debate, answers, parts.limits())
            .of(end, head, money, parts.budgets().uncertain(tx, debate.id()));
    Issued issued = parts.receipts().issue(tx, debate.workspace(), decision);
    String outcome = end.conclusion().outcome().name();
    parts.events().append(tx, debate.id(), place, last(issued, outcome, money.spent()));
    DebateStore.close(
        tx,
        debate.id(),
        outcome,
        end.conclusion().verdict(),
        Optional.ofNullable(decision.synthesis()),
        issued.id(),
        parts.clock().instant());
    if (!debate.isFresh()) {
      // An owner before this one may have left text of calls it never finished.
      parts.feed().forgetPartials(tx, debate.id());
    }
    Doorbell.ring(tx, Debates.ended(debate.id()));
    // Last, for it locks the workspace's budget: signing must not keep other debates waiting.
    parts.budgets().release(tx, debate.row().reservation());
  }

  private static List<Event> last(Issued issued, String outcome, Money spent) {
    return List.of(
        new Event.ReceiptIssued(issued.id(), issued.payloadSha256(), issued.logIndex()),
        new Event.DebateClosed(outcome, issued.id(), spent));
  }

  private static Event decided(Move.Conclude end) {
    Conclusion conclusion = end.conclusion();
    var signals = new ArrayList<String>();
    List<Integer> dissenters = List.of();
    if (end.findings() != null) {
      signals.addAll(Agreement.signals(end.findings().signals()));
      dissenters = end.findings().dissenters().stream().map(Replay::number).toList();
    }
    return new Event.DebateDecided(
        conclusion.outcome().name(),
        conclusion.verdict().orElse(null),
        conclusion.confidence().map(Confidence::value).map(Object::toString).orElse(null),
        dissenters,
        signals,
        conclusion instanceof Conclusion.UnderReview(var won, var doubts)
            ? won.winner() + ": " + String.join(", ", doubts.stream().map(Wire::of).toList())
            : null);
  }
}
