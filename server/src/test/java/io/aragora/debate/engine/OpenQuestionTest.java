package io.aragora.debate.engine;

import static io.aragora.debate.engine.PanelOf.drafted;
import static io.aragora.debate.engine.PanelOf.findings;
import static io.aragora.debate.engine.PanelOf.flips;
import static io.aragora.debate.engine.PanelOf.keeps;
import static io.aragora.debate.engine.PanelOf.replies;
import static io.aragora.debate.engine.PanelOf.strangers;
import static io.aragora.debate.engine.PanelOf.stubborn;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.ConsensusRule.Judge;
import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Seat;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.Move.Sheet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Questions whose options come from the drafts, and contests that judges decide. */
final class OpenQuestionTest {
  private static final Frame OPEN =
      Frame.of(List.of(), new Supermajority(2, 3), strangers(3), 1, 5);

  private static DebateState talked(String... answers) {
    var state = drafted(OPEN, answers);
    return state
        .with(replies("s0", 2, Stance.UNSURE))
        .with(replies("s1", 2, Stance.UNSURE))
        .with(replies("s2", 2, Stance.UNSURE));
  }

  @Test
  void answersAreClusteredByTheKeyTheSeatsReturn() {
    var end = stubborn(drafted(OPEN, "PostgreSQL 18", "postgresql-18", "POSTGRESQL 18."));
    assertThat(end.conclusion().outcome()).isEqualTo(Outcome.DECIDED);
    assertThat(end.conclusion().verdict()).contains("postgresql-18");
  }

  @Test
  void optionsComeFromTheBlindDrafts() {
    assertThat(DebateEngine.next(talked("Blue", "Red", "Red")))
        .isInstanceOfSatisfying(
            Move.Ballot.class,
            move -> {
              Map<String, List<String>> offered =
                  move.sheets().stream().collect(Collectors.toMap(Sheet::voter, Sheet::options));
              // Blue is the draft of s0 alone, so s0 cannot vote for it; red is shared.
              assertThat(offered.get("s0")).containsExactly("red");
              assertThat(offered.get("s1")).containsExactlyInAnyOrder("blue", "red");
            });
  }

  @Test
  void aVoteForOnesOwnDraftIsRefused() {
    var state =
        talked("Blue", "Red", "Green")
            .with(keeps("s0", "blue"))
            .with(keeps("s1", "red"))
            .with(keeps("s2", "green"));
    var end = stubborn(state);
    assertThat(end.conclusion().outcome()).isEqualTo(Outcome.NO_CONSENSUS);
    assertThat(findings(end).refusedBallots()).containsExactly("s0", "s1", "s2");
    assertThat(findings(end).counted().ballots()).allMatch(b -> b.isAbstention());
  }

  @Test
  void twoSeatsThatAreConvincedByTheThirdDecide() {
    var state =
        talked("Blue", "Red", "Green")
            .with(keeps("s0"))
            .with(flips("s1", "blue", "c-s0", ReasonType.EVIDENCE))
            .with(flips("s2", "blue", "c-s0", ReasonType.EVIDENCE));
    var end = stubborn(state);
    assertThat(end.conclusion().verdict()).contains("blue");
  }

  @Test
  void aSeatThatStaysWithItsOwnLosingDraftDissents() {
    var state = talked("Blue", "Red", "Red").with(keeps("s0")).with(keeps("s1", "red"));
    var end = stubborn(state.with(keeps("s2", "red")));
    assertThat(end.conclusion().outcome()).isEqualTo(Outcome.DECIDED_WITH_DISSENT);
    assertThat(findings(end).dissenters()).containsExactly("s0");
  }

  @Test
  void emptyKeysAreAbstentions() {
    var end = stubborn(drafted(OPEN, "!", "?", "red"));
    assertThat(end.conclusion().outcome()).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
  }

  @Test
  void noDraftAtAllStillEndsTheDebate() {
    var end = stubborn(drafted(OPEN, "-", "-"));
    assertThat(end.conclusion().outcome()).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
    assertThat(end.findings()).isNull();
  }

  private static Frame judged() {
    var plain = Frame.of(List.of("x", "y"), new Supermajority(2, 3), strangers(3), 0, 5);
    var judges =
        List.of("j0", "j1", "j2").stream().map(id -> new Seat(id, id, id + "f", id + "v")).toList();
    return new Frame(
        plain.options(),
        new Judge(3),
        plain.panel(),
        judges,
        0,
        plain.seed(),
        plain.stakes(),
        plain.weights(),
        plain.independence(),
        plain.calibration());
  }

  private static FinalBallot judge(String id, int pass, String option) {
    return new FinalBallot(id, pass, List.of(option), 1, ReasonType.RULE, null, "");
  }

  @Test
  void everyJudgeSeesBothOrders() {
    assertThat(DebateEngine.next(drafted(judged(), "x", "y", "x")))
        .isInstanceOfSatisfying(
            Move.Ballot.class,
            move -> {
              assertThat(move.sheets()).hasSize(6);
              for (int i = 0; i < 6; i += 2) {
                assertThat(move.sheets().get(i + 1).options())
                    .isEqualTo(move.sheets().get(i).options().reversed());
              }
            });
  }

  @Test
  void aJudgeWhoseTwoOrdersDisagreeCountsAsATie() {
    var state =
        drafted(judged(), "x", "y", "x")
            .with(judge("j0", 1, "x"))
            .with(judge("j0", 2, "x"))
            .with(judge("j1", 1, "x"))
            .with(judge("j1", 2, "y"))
            .with(judge("j2", 1, "y"))
            .with(judge("j2", 2, "y"));
    assertThat(stubborn(state).conclusion().outcome()).isEqualTo(Outcome.NO_CONSENSUS);
  }

  @Test
  void twoJudgesOfThreeDecide() {
    var state =
        drafted(judged(), "x", "y", "x")
            .with(judge("j0", 1, "x"))
            .with(judge("j0", 2, "x"))
            .with(judge("j1", 1, "x"))
            .with(judge("j1", 2, "x"))
            .with(judge("j2", 1, "y"))
            .with(judge("j2", 2, "y"));
    var end = stubborn(state);
    assertThat(end.conclusion().verdict()).contains("x");
    assertThat(findings(end).dissenters()).containsExactly("j2");
  }
}
