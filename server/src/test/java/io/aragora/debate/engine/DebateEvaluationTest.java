package io.aragora.debate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.ConsensusRule.Majority;
import io.aragora.consensus.Findings;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Tally;
import io.aragora.consensus.Verdict;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Check;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Claim.Trust;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.DebateState.Mark;
import io.aragora.debate.engine.Move.Reading;
import io.aragora.debate.engine.Move.Sheet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole simulated debates through the engine: E6 to E8, and replay. */
final class DebateEvaluationTest {
  private static final List<String> OPTIONS = List.of("right", "wrong");

  private static Frame frame(ConsensusRule rule, int seats, int rounds) {
    return Frame.of(OPTIONS, rule, PanelOf.strangers(seats), rounds, 3);
  }

  private static String option(boolean right) {
    return right ? "right" : "wrong";
  }

  private static String most(List<String> votes) {
    int right = 0;
    for (String vote : votes) {
      right += vote.equals("right") ? 1 : 0;
    }
    return option(2 * right > votes.size());
  }

  /** Drafts by skill .7, each resting on an item of its own out of eight. */
  private static DebateState blind(Random random, List<String> votes) {
    DebateState state = DebateState.of(frame(new Majority(), 5, 1));
    for (int i = 0; i < 5; i++) {
      votes.add(option(random.nextDouble() < 0.7));
      var claim = PanelOf.claim("c" + i, "ground " + i, "e" + random.nextInt(8));
      state = state.with(PanelOf.draft("s" + i, votes.get(i), claim));
    }
    return state;
  }

  private static DebateState heard(DebateState before) {
    DebateState state = before;
    if (DebateEngine.next(before) instanceof Move.Challenge move) {
      for (Reading reading : move.readings()) {
        state = state.with(new Challenge(reading.seat(), move.round(), List.of(), List.of()));
      }
    }
    return state.marked(Mark.WORDS_WRITTEN);
  }

  private static Findings end(DebateState state) {
    return DebateEngine.next(state) instanceof Move.Conclude move
        ? PanelOf.findings(move)
        : fail(state);
  }

  private static Findings fail(DebateState state) {
    throw new IllegalStateException("not at its end: " + DebateEngine.next(state));
  }

  /** A vote after the talk; a reasoned one names a claim of the seat it follows. */
  private static FinalBallot vote(int seat, String option, int follows, boolean reasoned) {
    return new FinalBallot(
        "s" + seat,
        1,
        List.of(option),
        1,
        reasoned ? ReasonType.EVIDENCE : ReasonType.NONE,
        reasoned ? "c" + follows : null,
        "");
  }

  private static int another(int seat, Random random) {
    int peer = random.nextInt(4);
    return peer < seat ? peer : peer + 1;
  }

  /**
   * Each seat copies a random peer with the given probability, and one copy in ten comes with a
   * claim that passes for a reason. The naive way is to count what was said last.
   */
  @Test
  void e6ConformistPanelsCostUsHalfAPointWhereTheLastRoundCostsMore() {
    int debates = 12_000;
    double least = 100;
    double greatest = 0;
    for (double conformity : new double[] {0.07, 0.13, 0.20}) {
      var random = new Random(600);
      int before = 0;
      int naive = 0;
      int ours = 0;
      for (int t = 0; t < debates; t++) {
        List<String> votes = new ArrayList<>();
        DebateState state = heard(blind(random, votes));
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          int peer = another(i, random);
          boolean copies = random.nextDouble() < conformity;
          said.add(copies ? votes.get(peer) : votes.get(i));
          state = state.with(vote(i, said.get(i), peer, copies && random.nextInt(10) == 0));
        }
        before += most(votes).equals("right") ? 1 : 0;
        naive += most(said).equals("right") ? 1 : 0;
        ours += end(state).verdict().option().equals(Optional.of("right")) ? 1 : 0;
      }
      double naiveLoss = 100.0 * (before - naive) / debates;
      least = Math.min(least, naiveLoss);
      greatest = Math.max(greatest, naiveLoss);
      assertThat(100.0 * (before - ours) / debates)
          .as("conformity %.2f, naive loses %.1f", conformity, naiveLoss)
          .isLessThanOrEqualTo(0.5);
    }
    assertThat(least).isCloseTo(1.4, within(0.7));
    assertThat(greatest).isCloseTo(4.3, within(0.9));
  }

  /**
   * Hollow: a split panel that says one thing in the end, nine copies in ten without a reason.
   * Honest: seats that change only for a claim, nineteen changes in twenty with it named.
   */
  @Test
  void e6TheHollowTestFindsHollowPanelsAndSparesHonestOnes() {
    var random = new Random(610);
    int hollow = 0;
    int found = 0;
    int honest = 0;
    int alarms = 0;
    for (int t = 0; t < 12_000; t++) {
      boolean conformist = t % 2 == 0;
      List<String> votes = new ArrayList<>();
      DebateState state = heard(blind(random, votes));
      String crowd = most(votes);
      boolean split = Set.of(2, 3).contains((int) votes.stream().filter(crowd::equals).count());
      boolean unanimous = true;
      for (int i = 0; i < 5; i++) {
        boolean moves = conformist ? !votes.get(i).equals(crowd) : isConvinced(i, votes, random);
        boolean reasoned = random.nextDouble() < (conformist ? 0.1 : 0.95);
        String says = moves ? (conformist ? crowd : "right") : votes.get(i);
        int follows = Math.max(0, votes.indexOf(says));
        state = state.with(vote(i, says, follows, moves && reasoned));
        unanimous &= says.equals(crowd);
      }
      boolean isHollow = end(state).signals().isHollow();
      if (conformist && split && unanimous) {
        hollow++;
        found += isHollow ? 1 : 0;
      } else if (!conformist) {
        honest++;
        alarms += isHollow ? 1 : 0;
      }
    }
    assertThat(hollow).isGreaterThan(1000);
    assertThat((double) found / hollow).isGreaterThanOrEqualTo(0.9);
    assertThat((double) alarms / honest).isLessThanOrEqualTo(0.05);
  }

  /** Who is wrong and hears a right argument takes it with probability .4. */
  private static boolean isConvinced(int seat, List<String> votes, Random random) {
    return votes.get(seat).equals("wrong") && votes.contains("right") && random.nextDouble() < 0.4;
  }

  /** A lie rests on a quote that is not there, on nothing, or on a true quote that misleads. */
  private enum Lie {
    INVENTED,
    BARE,
    MISLEADING;

    Claim claim() {
      Citation quote =
          new Citation(
              "e9", "report.pdf", this == INVENTED ? Check.FAILED : Check.VERIFIED, Trust.TRUSTED);
      return new Claim("lie", "Everybody knows it", this == BARE ? List.of() : List.of(quote));
    }
  }

  @Test
  void e7OnePersuasiveLiarTurnsAtMostHalfOfTheVotesItTurnsElsewhere() {
    var random = new Random(700);
    int naive = 0;
    int ours = 0;
    for (int t = 0; t < 6000; t++) {
      Lie lie = Lie.values()[random.nextInt(3)];
      DebateState state = DebateState.of(frame(new Majority(), 5, 1));
      state = state.with(PanelOf.draft("s0", "wrong", lie.claim()));
      for (int i = 1; i < 5; i++) {
        state = state.with(PanelOf.draft("s" + i, "right"));
      }
      state = heard(state);
      Set<String> reached = reached(state);
      state = state.with(PanelOf.keeps("s0", "wrong"));
      for (int i = 1; i < 5; i++) {
        boolean believes = random.nextInt(2) == 0;
        naive += believes ? 1 : 0;
        boolean turns = believes && reached.contains("s" + i);
        state =
            state.with(
                turns
                    ? PanelOf.flips("s" + i, "wrong", "lie", ReasonType.EVIDENCE)
                    : PanelOf.keeps("s" + i, "right"));
      }
      Findings findings = end(state);
      ours += findings.verdict().tally().votesFor("wrong") - 1;
    }
    assertThat(ours).isPositive();
    assertThat((double) ours / naive).isLessThanOrEqualTo(0.5);
  }

  /** Seats that are shown the lie: in the challenge, or as a draft on their sheet. */
  private static Set<String> reached(DebateState state) {
    Set<String> reached = new HashSet<>();
    if (DebateEngine.next(state) instanceof Move.Ballot move) {
      for (Sheet sheet : move.sheets()) {
        if (sheet.drafts().contains("s0")) {
          reached.add(sheet.voter());
        }
      }
    }
    return reached;
  }

  @Test
  void e8WhateverHappensADebateEndsInOneLegalOutcome() {
    var random = new Random(800);
    Set<Outcome> seen = new HashSet<>();
    for (int t = 0; t < 10_000; t++) {
      Frame frame = anyFrame(random);
      Move.Conclude end = Play.of(new Chaos(frame, random)).from(start(frame, random));
      Outcome outcome = end.conclusion().outcome();
      seen.add(outcome);
      assertThat(end.conclusion().confidence().isPresent()).isEqualTo(outcome.isDecision());
      Findings findings = end.findings();
      if (findings != null && end.conclusion().verdict().isPresent()) {
        assertLegal(frame, findings);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Outcome.values());
  }

  private static DebateState start(Frame frame, Random random) {
    DebateState state = DebateState.of(frame);
    return switch (random.nextInt(40)) {
      case 0 -> state.marked(Mark.CANCELLED);
      case 1 -> state.marked(Mark.OUT_OF_BUDGET);
      case 2 -> state.marked(Mark.OUT_OF_TIME);
      default -> state;
    };
  }

  private static void assertLegal(Frame frame, Findings findings) {
    int n = frame.panel().size();
    long blind = findings.blind().ballots().stream().filter(b -> !b.isAbstention()).count();
    assertThat(blind).isGreaterThanOrEqualTo(Math.max(2, (2 * n + 2) / 3));
    Verdict again = ConsensusRule.parse(frame.rule().wire()).decide(findings.counted());
    assertThat(again).isEqualTo(findings.verdict());
    assertThat(again.tally()).isEqualTo(Tally.of(findings.counted()));
    assertThat(findings.counted().seats()).hasSize(n);
  }

  private static Frame anyFrame(Random random) {
    int seats = 1 + random.nextInt(5);
    List<ConsensusRule> rules =
        ConsensusRule.all().stream().filter(r -> !r.name().equals("judge")).toList();
    List<String> options =
        switch (random.nextInt(3)) {
          case 0 -> List.of();
          case 1 -> OPTIONS;
          default -> List.of("right", "wrong", "other");
        };
    return Frame.of(
        options,
        rules.get(random.nextInt(rules.size())),
        random.nextInt(6) == 0 ? PanelOf.sameModel(seats) : PanelOf.strangers(seats),
        random.nextInt(3),
        random.nextLong());
  }

  /** Seats that fail, abstain, repeat themselves, name what does not exist, and agree at times. */
  private record Chaos(Frame frame, Random random) implements Play.Seats {
    private List<String> ranking() {
      return switch (random.nextInt(8)) {
        case 0 -> List.of();
        case 1 -> List.of("nothing that exists");
        case 2 -> List.of("wrong", "wrong");
        case 3 -> List.of("wrong", "right");
        default -> List.of("right", "wrong");
      };
    }

    @Override
    public Optional<Draft> draft(String seat) {
      var claim =
          new Claim(
              "c-" + seat,
              "ground of " + seat,
              random.nextInt(4) == 0
                  ? List.of(new Citation("e", "a", Check.FAILED, Trust.UNTRUSTED))
                  : List.of(PanelOf.verified("e" + random.nextInt(9))));
      return random.nextInt(8) == 0
          ? Optional.empty()
          : Optional.of(new Draft(seat, ranking(), random.nextInt(4), seat, List.of(claim)));
    }

    @Override
    public Optional<Challenge> challenge(DebateState state, int round, Reading reading) {
      List<Reply> replies = new ArrayList<>();
      for (Claim claim : reading.claims()) {
        Stance stance = Stance.values()[random.nextInt(3)];
        replies.add(new Reply(claim.id(), stance, ReasonType.RULE, null, ""));
      }
      return random.nextInt(8) == 0
          ? Optional.empty()
          : Optional.of(new Challenge(reading.seat(), round, replies, List.of()));
    }

    @Override
    public Optional<FinalBallot> ballot(DebateState state, Sheet sheet) {
      ReasonType type = ReasonType.values()[random.nextInt(5)];
      String claim = "c-s" + random.nextInt(5);
      return random.nextInt(8) == 0
          ? Optional.empty()
          : Optional.of(
              new FinalBallot(sheet.voter(), 1, ranking(), random.nextInt(4), type, claim, ""));
    }
  }

  @Test
  void aRecordedTranscriptReplaysByteForByteAThousandTimes() {
    var random = new Random(900);
    for (int transcript = 0; transcript < 10; transcript++) {
      List<String> votes = new ArrayList<>();
      DebateState state = heard(blind(random, votes));
      for (int i = 0; i < 5; i++) {
        state = state.with(vote(i, option(random.nextBoolean()), 0, random.nextBoolean()));
      }
      String once = DebateEngine.next(state).toString();
      for (int replay = 0; replay < 100; replay++) {
        assertThat(DebateEngine.next(copy(state))).hasToString(once);
      }
    }
  }

  private static DebateState copy(DebateState state) {
    return new DebateState(
        state.frame(),
        new ArrayList<>(state.drafts()),
        new ArrayList<>(state.challenges()),
        new ArrayList<>(state.ballots()),
        state.failures(),
        state.marks());
  }
}
