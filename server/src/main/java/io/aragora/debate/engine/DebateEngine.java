package io.aragora.debate.engine;

import io.aragora.consensus.Ballot;
import io.aragora.consensus.BlindQuorum;
import io.aragora.consensus.Conclusion;
import io.aragora.consensus.Conclusion.Doubt;
import io.aragora.consensus.Confidence;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Findings;
import io.aragora.consensus.Fixed;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.Stakes;
import io.aragora.consensus.Tally;
import io.aragora.consensus.Verdict;
import io.aragora.debate.engine.DebateState.Failure;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Move.Reading;
import io.aragora.debate.engine.Poll.Second;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what a debate needs next, from what has happened in it and nothing else. */
public final class DebateEngine {
  private static final int DRAFTS = 1;

  /** Blind unanimity settles a question only among at least this many independent voices. */
  private static final Fixed ENOUGH_VOICES = Fixed.parse("1.6");

  private final DebateState state;
  private final Frame frame;
  private final Poll poll;
  private final Hearing hearing;

  private DebateEngine(DebateState state) {
    this.state = state;
    this.frame = state.frame();
    this.poll = new Poll(state);
    this.hearing = new Hearing(state);
  }

  public static Move next(DebateState state) {
    return new DebateEngine(state).next();
  }

  private Move next() {
    Optional<Outcome> stop = stop();
    return stop.isPresent() ? undecided(stop.get()) : drafts();
  }

  private Optional<Outcome> stop() {
    if (state.marks().contains(Mark.CANCELLED)) {
      return Optional.of(Outcome.CANCELLED);
    }
    if (state.marks().contains(Mark.OUT_OF_BUDGET)) {
      return Optional.of(Outcome.STOPPED_BUDGET);
    }
    return state.marks().contains(Mark.OUT_OF_TIME)
        ? Optional.of(Outcome.STOPPED_DEADLINE)
        : Optional.empty();
  }

  private Move undecided(Outcome outcome) {
    var conclusion = new Conclusion.Undecided(outcome);
    return new Move.Conclude(conclusion, poll.hasOptions() ? findings(blindOnly()) : null);
  }

  /** Everyone drafts blind; without enough blind ballots in reach there is nothing to go on for. */
  private Move drafts() {
    Set<String> drafted = Hearing.drafts(state).keySet();
    List<String> pending =
        frame.seatIds().stream()
            .filter(seat -> !drafted.contains(seat) && !hasFailed(seat, DRAFTS))
            .toList();
    long valid = poll.blindBallots().stream().filter(ballot -> !ballot.isAbstention()).count();
    if (valid + pending.size() < BlindQuorum.needed(frame.panel().size())) {
      return undecided(Outcome.INSUFFICIENT_QUORUM);
    }
    return pending.isEmpty() ? talk() : new Move.Draft(DRAFTS, pending);
  }

  private Move talk() {
    int round = DRAFTS + 1;
    int last = isSettled() ? DRAFTS : DRAFTS + frame.challengeRounds();
    boolean goesOn = true;
    while (goesOn && round <= last) {
      List<Reading> readings = hearing.readings(round);
      if (readings.isEmpty()) {
        break;
      }
      List<Reading> pending = unanswered(readings, round);
      if (!pending.isEmpty()) {
        return new Move.Challenge(round, pending);
      }
      goesOn = hearing.acceptsSomething(round);
      round++;
    }
    // Where nothing was said after the blind vote, no change of it could be supported.
    boolean nothingSaid = round == DRAFTS + 1;
    return nothingSaid && !poll.isByJudges() ? decide(blindOnly()) : ballot(round);
  }

  private List<Reading> unanswered(List<Reading> readings, int round) {
    Set<String> answered = new HashSet<>();
    state.challenges().stream()
        .filter(challenge -> challenge.round() == round)
        .forEach(challenge -> answered.add(challenge.seat()));
    return readings.stream()
        .filter(reading -> !answered.contains(reading.seat()) && !hasFailed(reading.seat(), round))
        .toList();
  }

  /** Unanimous before anyone spoke, among enough independent voices, and no evidence failed. */
  private boolean isSettled() {
    return Tally.of(poll.blind()).mostVotes() == frame.panel().size()
        && !frame.independence().nEff().isBelow(ENOUGH_VOICES)
        && !hearing.hasStruckClaims();
  }

  private Move ballot(int round) {
    Set<String> cast = new HashSet<>();
    state.ballots().forEach(paper -> cast.add(paper.seat() + "/" + paper.pass()));
    List<String> missing =
        poll.papers().stream()
            .filter(paper -> !cast.contains(paper))
            .filter(paper -> !hasFailed(paper.substring(0, paper.lastIndexOf('/')), round))
            .toList();
    Second second = poll.second(state.ballots(), hearing);
    if (missing.isEmpty() || (!cast.isEmpty() && isUnassailable(second, missing.size()))) {
      return decide(second);
    }
    return new Move.Ballot(
        round,
        poll.sheets(round).stream()
            .filter(sheet -> missing.contains(sheet.voter() + "/" + sheet.pass()))
            .toList());
  }

  /** Whether the seats still to vote cannot take the lead away, whatever they say. */
  private boolean isUnassailable(Second second, int missing) {
    if (!(frame.rule().decide(second.counted()) instanceof Verdict.Won won)) {
      return false;
    }
    return switch (frame.rule()) {
      case ConsensusRule.Majority(), ConsensusRule.Supermajority(_) -> true;
      case ConsensusRule.Plurality(int margin) -> lead(won) - missing >= margin;
      case ConsensusRule.Unanimity(),
          ConsensusRule.Weighted(_),
          ConsensusRule.Copeland(),
          ConsensusRule.Borda(),
          ConsensusRule.Approval(),
          ConsensusRule.Judge(_) ->
          false;
    };
  }

  private static int lead(Verdict.Won won) {
    int next = 0;
    for (String option : won.tally().options()) {
      next = option.equals(won.winner()) ? next : Math.max(next, won.tally().votesFor(option));
    }
    return won.tally().votesFor(won.winner()) - next;
  }

  private boolean hasFailed(String seat, int round) {
    return state.failures().contains(new Failure(seat, round));
  }

  private Second blindOnly() {
    return new Second(poll.blind(), poll.blind(), List.of());
  }

  private Move decide(Second second) {
    Findings findings = findings(second);
    Conclusion conclusion = conclusion(findings);
    boolean wordsMissing = !state.marks().contains(Mark.WORDS_WRITTEN);
    return conclusion.verdict().isPresent() && wordsMissing
        ? new Move.Decide(conclusion, findings)
        : new Move.Conclude(conclusion, findings);
  }

  private Findings findings(Second second) {
    return new Review(state, poll, hearing).of(second);
  }

  private Conclusion conclusion(Findings findings) {
    return switch (findings.verdict()) {
      case Verdict.Tied _, Verdict.Short _ -> new Conclusion.Undecided(Outcome.NO_CONSENSUS);
      case Verdict.Won won -> concluded(won, findings);
    };
  }

  private Conclusion concluded(Verdict.Won won, Findings findings) {
    Set<Doubt> doubts = doubts(findings);
    if (!doubts.isEmpty()) {
      return new Conclusion.UnderReview(won, doubts);
    }
    List<Ballot> blind = findings.blind().ballots();
    int support = Tally.of(findings.blind()).votesFor(won.winner());
    return new Conclusion.Decided(
        new BlindQuorum(frame.seatIds(), blind),
        won,
        findings.dissenters(),
        Confidence.of(frame.independence(), support, frame.calibration()));
  }

  private Set<Doubt> doubts(Findings findings) {
    EnumSet<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    if (findings.signals().isHollow()) {
      doubts.add(Doubt.HOLLOW);
    }
    if (findings.independence().isLow()) {
      doubts.add(Doubt.LOW_INDEPENDENCE);
    }
    if (frame.stakes() == Stakes.IRREVERSIBLE && !state.marks().contains(Mark.ATTESTED)) {
      doubts.add(Doubt.NOT_ATTESTED);
    }
    if (findings.restsOnOneUntrustedSource()) {
      doubts.add(Doubt.ONE_UNTRUSTED_SOURCE);
    }
    return doubts;
  }
}
