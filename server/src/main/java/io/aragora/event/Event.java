package io.aragora.event;

import io.aragora.kernel.Money;
import io.aragora.kernel.ReceiptId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a debate and is kept. The type on the wire is the record's name in two
 * words: {@code DebateOpened} is {@code debate.opened}. Shares and confidences are decimals as
 * text, because what is hashed holds no floating point.
 */
public sealed interface Event {
  /** The question was put and its upper bound set aside. */
  record DebateOpened(
      String question, List<Choice> options, String rule, int seats, Money bound, boolean rehearsal)
      implements Event {
    public DebateOpened {
      options = List.copyOf(options);
    }
  }

  /** A node took the debate up: the panel and the frame it is bound to. */
  record DebateStarted(String frameSha256, List<PanelSeat> panel) implements Event {
    public DebateStarted {
      panel = List.copyOf(panel);
    }
  }

  /** All seats are about to be asked for one move. */
  record RoundStarted(int round, String move) implements Event {}

  /** A seat's answer before it saw any other. */
  record DraftSubmitted(
      int seat,
      int round,
      List<String> ranking,
      boolean abstain,
      List<Claim> claims,
      @Nullable String confidence,
      @Nullable String wouldChangeMyMind)
      implements Event {
    public DraftSubmitted {
      ranking = List.copyOf(ranking);
      claims = List.copyOf(claims);
    }
  }

  /** A seat's replies to other seats' claims. */
  record ChallengeSubmitted(int seat, int round, List<Objection> replies) implements Event {
    public ChallengeSubmitted {
      replies = List.copyOf(replies);
    }
  }

  /** A seat's ranking, best first; {@code phase} is blind or final. */
  record BallotCast(
      int seat,
      int round,
      String phase,
      List<String> ranking,
      boolean abstain,
      boolean changed,
      @Nullable String reasonType,
      @Nullable String claimId,
      @Nullable String reason)
      implements Event {
    public BallotCast {
      ranking = List.copyOf(ranking);
    }
  }

  /** A quote was looked for in the evidence it cites. */
  record EvidenceChecked(
      int seat, int round, String claimId, String evidenceId, boolean found, @Nullable String why)
      implements Event {}

  /** How the ballots stand: votes per option, and whether the rule is met. */
  record AgreementComputed(
      int round,
      Map<String, Integer> votes,
      int abstained,
      int seats,
      int quorum,
      boolean decided,
      @Nullable String leader,
      @Nullable String effectiveSeats)
      implements Event {
    public AgreementComputed {
      // In order of the option's name: the same counts must give the same bytes.
      votes = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(votes));
    }
  }

  /** A seat gave no usable answer; it counts as abstaining. */
  record SeatFailed(int seat, int round, String move, String code, String message)
      implements Event {}

  /** Another model than the one asked for answered, as the workspace allows. */
  record SeatSubstituted(int seat, String requested, String actual, String reason)
      implements Event {}

  /** Money was set aside. */
  record BudgetHeld(Money held) implements Event {}

  /** One call was paid; {@code kind} is call or ambiguous, {@code left} what is still held. */
  record BudgetSettled(
      UUID callId,
      int seat,
      String provider,
      String model,
      long inputTokens,
      long outputTokens,
      String kind,
      Money charged,
      Money excess,
      Money left)
      implements Event {}

  /** The hold leaves no room for the next call. */
  record BudgetExceeded(Money asked, Money left, String which) implements Event {}

  /** All seats answered or failed. */
  record RoundCompleted(int round, String move, int answered, int failed) implements Event {}

  /** The rule was applied; {@code verdict} is an option where one won. */
  record DebateDecided(
      String outcome,
      @Nullable String verdict,
      @Nullable String confidence,
      List<Integer> dissentingSeats,
      List<String> signals,
      @Nullable String reason)
      implements Event {
    public DebateDecided {
      dissentingSeats = List.copyOf(dissentingSeats);
      signals = List.copyOf(signals);
    }
  }

  /** The signed record of this decision exists. */
  record ReceiptIssued(ReceiptId receiptId, String payloadSha256, long logIndex) implements Event {}

  /** The last event: nothing follows it. */
  record DebateClosed(String outcome, @Nullable ReceiptId receiptId, Money spent)
      implements Event {}

  /** One option of the question. */
  record Choice(String id, String label) {}

  /** One place on the panel; seats are numbered from 1. */
  record PanelSeat(int seat, String lens, String provider, String model, String family) {}

  /** One statement of a draft and the evidence it cites. */
  record Claim(String id, String text, List<String> evidenceIds) {
    public Claim {
      evidenceIds = List.copyOf(evidenceIds);
    }
  }

  /** One reply to one claim: accept, reject or unsure, and the kind of reason. */
  record Objection(
      String claimId,
      String stance,
      String reasonType,
      @Nullable String evidenceId,
      @Nullable String text) {}

  /** The type on the wire: {@code debate.opened}. */
  default String type() {
    return EventTypes.nameOf(getClass());
  }
}
