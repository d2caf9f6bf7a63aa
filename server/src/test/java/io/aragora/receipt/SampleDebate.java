package io.aragora.receipt;

import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Seat;
import io.aragora.consensus.Stakes;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Check;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.DebateEngine;
import io.aragora.debate.engine.DebateState;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Frame;
import io.aragora.debate.engine.Move;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.platform.crypto.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A debate scripted seat by seat and carried to its end by the real engine. */
final class SampleDebate {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final List<String> FAMILIES =
      List.of("anthropic", "mistral", "openai", "google", "xai", "meta", "qwen");

  private final List<String> seats = new ArrayList<>();
  private final Map<String, List<String>> blind = new LinkedHashMap<>();
  private final Map<String, Turn> turns = new LinkedHashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private List<String> options = List.of("yes", "no");
  private ConsensusRule rule = new ConsensusRule.Majority();
  private Stakes stakes = Stakes.REVERSIBLE;
  private int rounds = 1;
  private String words = "Ship it on Friday?";
  private @Nullable String singleFamily;
  private boolean isOpen;
  private boolean isJudged;
  private boolean isRehearsal;
  private boolean isAttested;

  /** A vote after the talk: a new ranking, the reason given, and whose claim it rests on. */
  private record Turn(List<String> ranking, ReasonType reason, @Nullable String persuader) {}

  static SampleDebate with(String... options) {
    var debate = new SampleDebate();
    debate.options = List.of(options);
    return debate;
  }

  static SampleDebate open(String... keys) {
    SampleDebate debate = with(keys);
    debate.isOpen = true;
    return debate;
  }

  SampleDebate by(ConsensusRule chosen) {
    rule = chosen;
    isJudged = chosen instanceof ConsensusRule.Judge;
    return this;
  }

  /** Adds a seat; no ranking means it fails, "-" that it abstains. */
  SampleDebate seat(String... ranking) {
    String seat = "seat-" + (seats.size() + 1);
    seats.add(seat);
    if (ranking.length > 0) {
      blind.put(seat, ranking[0].equals("-") ? List.of() : List.of(ranking));
    }
    return this;
  }

  /** The last seat votes otherwise after the talk, persuaded by a claim of another seat. */
  SampleDebate persuadedBy(String persuader, String... ranking) {
    turns.put(seats.getLast(), new Turn(List.of(ranking), ReasonType.EVIDENCE, persuader));
    return this;
  }

  /** The last seat votes otherwise after the talk and cannot say why. */
  SampleDebate swayed(String... ranking) {
    turns.put(seats.getLast(), new Turn(List.of(ranking), ReasonType.NONE, null));
    return this;
  }

  SampleDebate rounds(int most) {
    rounds = most;
    return this;
  }

  SampleDebate irreversible() {
    stakes = Stakes.IRREVERSIBLE;
    return this;
  }

  SampleDebate attested() {
    isAttested = true;
    marks.add(Mark.ATTESTED);
    return this;
  }

  SampleDebate stopped(Mark mark) {
    marks.add(mark);
    return this;
  }

  SampleDebate oneFamily(String family) {
    singleFamily = family;
    return this;
  }

  SampleDebate rehearsed() {
    isRehearsal = true;
    return this;
  }

  SampleDebate saying(String text) {
    words = text;
    return this;
  }

  Decision decision() {
    return decision(new DebateId(UUID.fromString("019aa000-0000-7000-8000-000000000001")));
  }

  Decision decision(DebateId id) {
    Frame frame = frame();
    DebateState state = DebateState.of(frame);
    for (Mark mark : marks) {
      state = state.marked(mark);
    }
    for (int step = 0; step < 40; step++) {
      Move move = DebateEngine.next(state);
      if (move instanceof Move.Conclude end) {
        return decision(
            id, frame, state, new Decision.Ending(end.conclusion(), end.findings(), failed(state)));
      }
      state = answer(state, frame, move);
    }
    throw new IllegalStateException("the debate does not end");
  }

  private Frame frame() {
    List<Seat> panel = seats.stream().map(this::model).toList();
    List<Seat> judges =
        isJudged ? Stream.of("judge-1", "judge-2", "judge-3").map(this::model).toList() : List.of();
    Frame frame = Frame.of(isOpen ? List.of() : options, rule(), panel, rounds, 42);
    return new Frame(
        frame.options(),
        rule,
        panel,
        judges,
        rounds,
        42,
        stakes,
        frame.weights(),
        frame.independence(),
        frame.calibration());
  }

  /** {@code Frame.of} has no judges, so it is asked with another rule. */
  private ConsensusRule rule() {
    return isJudged ? new ConsensusRule.Majority() : rule;
  }

  private Seat model(String seat) {
    String family = family(seat);
    return new Seat(seat, family + "-large", family, family);
  }

  private String family(String seat) {
    int number = seat.charAt(seat.length() - 1) - '1' + (seat.startsWith("judge") ? 3 : 0);
    return singleFamily == null ? FAMILIES.get(number % FAMILIES.size()) : singleFamily;
  }

  private DebateState answer(DebateState before, Frame frame, Move move) {
    DebateState state = before;
    switch (move) {
      case Move.Draft(int round, List<String> asked) -> {
        for (String seat : asked) {
          state = blind.containsKey(seat) ? state.with(draft(seat)) : state.failed(seat, round);
        }
      }
      case Move.Challenge(int round, List<Move.Reading> readings) -> {
        for (Move.Reading reading : readings) {
          state = state.with(challenge(round, reading));
        }
      }
      case Move.Ballot(int round, List<Move.Sheet> sheets) -> {
        for (Move.Sheet sheet : sheets) {
          state = state.with(paper(frame, sheet));
        }
      }
      case Move.Decide _ -> state = state.marked(Mark.WORDS_WRITTEN);
      case Move.Conclude _ -> throw new IllegalStateException("over");
    }
    return state;
  }

  private Draft draft(String seat) {
    List<String> ranking = blind.getOrDefault(seat, List.of());
    return new Draft(
        seat, ranking, Math.min(1, ranking.size()), "Draft of " + seat, List.of(claim(seat)));
  }

  private static Claim claim(String seat) {
    var cited = new Citation("ev-" + seat, "source-" + seat, Check.VERIFIED, Trust.TRUSTED);
    return new Claim(Claim.id(42, seat, 1, 0), "Only " + seat + " saw this", List.of(cited));
  }

  private static Challenge challenge(int round, Move.Reading reading) {
    List<Reply> replies =
        reading.claims().stream()
            .map(claim -> new Reply(claim.id(), Stance.ACCEPT, ReasonType.NONE, null, "fair"))
            .toList();
    return new Challenge(reading.seat(), round, replies, List.of());
  }

  private FinalBallot paper(Frame frame, Move.Sheet sheet) {
    Turn turn = turns.get(sheet.voter());
    if (turn == null) {
      List<String> ranking = new ArrayList<>(blind.getOrDefault(sheet.voter(), judged(frame)));
      ranking.retainAll(sheet.options());
      return ballot(sheet, ranking, ReasonType.NONE, null);
    }
    String persuader = turn.persuader();
    return ballot(
        sheet,
        turn.ranking(),
        turn.reason(),
        persuader == null ? null : Claim.id(42, persuader, 1, 0));
  }

  private List<String> judged(Frame frame) {
    return frame.judges().isEmpty() ? List.of() : List.of(options.getFirst());
  }

  private static FinalBallot ballot(
      Move.Sheet sheet, List<String> ranking, ReasonType reason, @Nullable String claim) {
    return new FinalBallot(
        sheet.voter(),
        sheet.pass(),
        ranking,
        Math.min(1, ranking.size()),
        reason,
        claim,
        "so be it");
  }

  private static List<Decision.FailedSeat> failed(DebateState state) {
    return state.failures().stream()
        .map(failure -> new Decision.FailedSeat(failure.seat(), "timeout"))
        .distinct()
        .toList();
  }

  private Decision decision(DebateId id, Frame frame, DebateState state, Decision.Ending ending) {
    List<Decision.Dissent> dissents =
        ending.findings() == null || ending.conclusion().verdict().isEmpty()
            ? List.of()
            : ending.findings().dissenters().stream()
                .map(seat -> new Decision.Dissent(seat, words + " No, says " + seat, null))
                .toList();
    List<String> choices =
        ending.findings() == null ? options : ending.findings().counted().options();
    return new Decision(
        id,
        new Decision.Question(words, "Context of " + words, "en", "general", "low", null),
        choices.stream().map(option -> new Decision.Choice(option, "Say " + option)).toList(),
        new Decision.Terms(
            rule,
            stakes,
            io.aragora.consensus.BlindQuorum.needed(seats.size()),
            rounds,
            "1",
            42,
            Sha256.ofText(words).hex()),
        Stream.concat(frame.panel().stream(), frame.judges().stream()).map(this::seat).toList(),
        votes(state),
        ending,
        dissents,
        "The panel weighed it.",
        blind.keySet().stream().map(SampleDebate::evidence).toList(),
        new Decision.Spending(
            Money.ofMicro(1_000_000),
            Money.ofMicro(60_000),
            Money.ofMicro(41_234),
            Sha256.ofText("prices").hex(),
            9,
            new Tokens(7500, 900),
            Decision.Uncertain.NONE),
        oversight(),
        new Decision.Transcript(17, null, Sha256.ofText("head").hex(), null),
        new Decision.Build("0.1.0", null, null, null),
        isRehearsal);
  }

  private Decision.Oversight oversight() {
    return isAttested
        ? new Decision.Oversight(
            Decision.Disposition.HUMAN_ATTESTED, "Ada Lovelace", "owner", START, "console")
        : Decision.Oversight.autonomous();
  }

  private static Decision.Evidence evidence(String seat) {
    return new Decision.Evidence(
        "ev-" + seat, "document", Sha256.ofText(seat).hex(), "attachment", true, "trusted");
  }

  private Decision.Seat seat(Seat seat) {
    return new Decision.Seat(
        seat.id(),
        seat.id().startsWith("judge") ? "judge" : "sceptic",
        seat.family(),
        seat.vendor(),
        "provider-of-" + seat.family(),
        seat.model(),
        null,
        Sha256.ofText("params").hex(),
        Sha256.ofText("prompt").hex());
  }

  private List<Decision.Vote> votes(DebateState state) {
    var votes = new ArrayList<Decision.Vote>();
    for (Draft draft : state.drafts()) {
      votes.add(
          vote(
              draft.seat(),
              Decision.Phase.BLIND,
              draft.ranking(),
              draft.acceptable(),
              ReasonType.NONE));
    }
    for (FinalBallot paper : state.ballots()) {
      votes.add(
          vote(
              paper.seat(),
              Decision.Phase.FINAL,
              paper.ranking(),
              paper.acceptable(),
              paper.reason()));
    }
    return votes;
  }

  private Decision.Vote vote(
      String seat, Decision.Phase phase, List<String> ranking, int acceptable, ReasonType reason) {
    return new Decision.Vote(
        seat, phase, ranking, acceptable, reason, List.of("ev-" + seat), words + " " + seat, START);
  }
}
