package io.aragora.debate;

import io.aragora.consensus.Calibration;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Independence;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Seat;
import io.aragora.consensus.Stakes;
import io.aragora.consensus.Weights;
import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.engine.Contribution;
import io.aragora.debate.engine.DebateState;
import io.aragora.debate.engine.Frame;
import io.aragora.debate.words.Answers;
import io.aragora.platform.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rebuilds the state the engine reasons on from what is stored: the same after any crash. */
final class Replay {
  static final String DRAFT = "draft";
  static final String CHALLENGE = "challenge";
  static final String BALLOT = "ballot";
  static final String EDIT = "edit";

  /** The failure of a seat that was not asked because the hold had no room left. */
  static final String OVER_BUDGET = "over_budget";

  private Replay() {}

  static Frame frame(Brief brief) {
    List<Seat> panel =
        brief.panel().stream()
            .map(seat -> new Seat(id(seat.seat()), seat.model(), seat.family(), seat.vendor()))
            .toList();
    return new Frame(
        brief.options().stream().map(Brief.Choice::id).toList(),
        ConsensusRule.parse(brief.rule()),
        panel,
        List.of(),
        brief.maxRounds(),
        brief.seed(),
        brief.irreversible() ? Stakes.IRREVERSIBLE : Stakes.REVERSIBLE,
        Weights.equal(panel.size()),
        Independence.of(panel),
        Calibration.NONE);
  }

  static DebateState state(Brief brief, List<Answered> answers) {
    DebateState state = DebateState.of(frame(brief));
    for (Answered answer : answers) {
      state = with(state, answer);
    }
    return state;
  }

  static DebateState with(DebateState state, Answered answer) {
    if (answer.move().equals(EDIT)) {
      return state.marked(DebateState.Mark.WORDS_WRITTEN);
    }
    Optional<String> failure = answer.failure();
    if (failure.isEmpty()) {
      return state.with(contribution(answer));
    }
    DebateState failed = state.failed(id(answer.seat()), answer.round());
    return failure.get().equals(OVER_BUDGET)
        ? failed.marked(DebateState.Mark.OUT_OF_BUDGET)
        : failed;
  }

  static String id(int seat) {
    return "s" + seat;
  }

  static int number(String seatId) {
    return Integer.parseInt(seatId.substring(1));
  }

  private static Contribution contribution(Answered answer) {
    return switch (answer.move()) {
      case DRAFT -> draft(id(answer.seat()), Json.read(answer.content(), Answers.Drafted.class));
      case CHALLENGE ->
          challenge(
              id(answer.seat()),
              answer.round(),
              Json.read(answer.content(), Answers.Challenged.class));
      case BALLOT -> ballot(id(answer.seat()), Json.read(answer.content(), Answers.Balloted.class));
      default -> throw new IllegalStateException("unknown move: " + answer.move());
    };
  }

  private static Contribution.Draft draft(String seat, Answers.Drafted drafted) {
    String text =
        drafted.claims().stream()
            .map(Answers.Reason::text)
            .collect(java.util.stream.Collectors.joining("\n"));
    return new Contribution.Draft(
        seat,
        drafted.ranking(),
        Math.min(1, drafted.ranking().size()),
        text,
        drafted.claims().stream().map(Replay::claim).toList());
  }

  static Contribution.Claim claim(Answers.Reason reason) {
    return new Contribution.Claim(
        reason.id(),
        reason.text(),
        reason.evidence().stream()
            .map(
                quote ->
                    new Contribution.Claim.Citation(
                        quote.id(),
                        quote.id(),
                        quote.verified()
                            ? Contribution.Claim.Check.VERIFIED
                            : Contribution.Claim.Check.FAILED,
                        Contribution.Claim.Trust.TRUSTED))
            .toList());
  }

  private static Contribution.Challenge challenge(
      String seat, int round, Answers.Challenged challenged) {
    return new Contribution.Challenge(
        seat,
        round,
        challenged.replies().stream()
            .map(
                reply ->
                    new Contribution.Reply(
                        reply.claim(),
                        Contribution.Stance.valueOf(reply.stance().toUpperCase(Locale.ROOT)),
                        reason(reply.reasonType()),
                        reply.evidence().isEmpty() ? null : reply.evidence().getFirst().id(),
                        reply.text()))
            .toList(),
        List.of());
  }

  private static Contribution.FinalBallot ballot(String seat, Answers.Balloted balloted) {
    return new Contribution.FinalBallot(
        seat,
        1,
        balloted.ranking(),
        balloted.acceptable(),
        reason(balloted.reasonType()),
        balloted.claim().isEmpty() ? null : balloted.claim(),
        balloted.reason());
  }

  private static ReasonType reason(String wire) {
    return ReasonType.valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
