package io.aragora.event;

import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One event of each type, as a debate would write them: for tests and for the reference. */
final class EventSamples {
  private static final UUID ID = UUID.fromString("019ab2c3-0000-7000-8000-000000000001");
  private static final ReceiptId RECEIPT = ReceiptId.of("019ab2c3-0000-7000-8000-000000000002");

  private EventSamples() {}

  static List<Event> all() {
    return Stream.concat(talk().stream(), count().stream()).toList();
  }

  private static List<Event> talk() {
    return List.of(
        new Event.DebateOpened(
            "Shall we move to the new mail provider?",
            List.of(new Event.Choice("approve", "Approve"), new Event.Choice("reject", "Reject")),
            "supermajority",
            3,
            Money.ofMicro(120_000),
            false),
        new Event.DebateStarted(
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            List.of(new Event.PanelSeat(1, "security", "openai", "gpt-x", "gpt"))),
        new Event.RoundStarted(0, "draft"),
        new Event.DraftSubmitted(
            1,
            0,
            List.of("approve", "reject"),
            false,
            List.of(new Event.Claim("1.1", "The move halves the cost.", List.of("e1"))),
            "0.8",
            "A price above ten dollars a seat."),
        new Event.ChallengeSubmitted(
            2,
            1,
            List.of(
                new Event.Objection(
                    "1.1", "reject", "evidence", "e1", "The price in e1 leaves out support."))),
        new Event.BallotCast(
            2, 1, "final", List.of("reject", "approve"), false, true, "evidence", "1.1", "See e1."),
        new Event.EvidenceChecked(1, 0, "1.1", "e1", false, "the quote is not in the item"));
  }

  private static List<Event> count() {
    return List.of(
        new Event.AgreementComputed(
            1, Map.of("approve", 2, "reject", 1), 0, 3, 2, true, "approve", "1.67"),
        new Event.SeatFailed(3, 1, "ballot", "timeout", "no answer within 60 s"),
        new Event.SeatSubstituted(3, "gpt-x", "gpt-y", "the workspace allows it as a fallback"),
        new Event.BudgetHeld(Money.ofMicro(120_000)),
        new Event.BudgetSettled(
            ID,
            1,
            "openai",
            "gpt-x",
            1_200,
            300,
            "call",
            Money.ofMicro(4_500),
            Money.ZERO,
            Money.ofMicro(115_500)),
        new Event.BudgetExceeded(Money.ofMicro(9_000), Money.ofMicro(500), "debate"),
        new Event.RoundCompleted(1, "ballot", 2, 1),
        new Event.DebateDecided(
            "DECIDED_WITH_DISSENT", "approve", "0.62", List.of(2), List.of(), null),
        new Event.ReceiptIssued(
            RECEIPT, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 41),
        new Event.DebateClosed("DECIDED_WITH_DISSENT", RECEIPT, Money.ofMicro(4_500)));
  }
}
