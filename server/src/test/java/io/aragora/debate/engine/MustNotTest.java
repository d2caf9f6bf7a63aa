package io.aragora.debate.engine;

import static io.aragora.debate.engine.PanelOf.draft;
import static io.aragora.debate.engine.PanelOf.drafted;
import static io.aragora.debate.engine.PanelOf.findings;
import static io.aragora.debate.engine.PanelOf.flips;
import static io.aragora.debate.engine.PanelOf.keeps;
import static io.aragora.debate.engine.PanelOf.stubborn;
import static io.aragora.debate.engine.PanelOf.yesNo;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.Calibration;
import io.aragora.consensus.Conclusion;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.ConsensusRule.Majority;
import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.ConsensusRule.Unanimity;
import io.aragora.consensus.ConsensusRule.Weighted;
import io.aragora.consensus.Fraction;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Outcome;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Stakes;
import io.aragora.debate.engine.Move.Conclude;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others do and this engine must not. */
final class MustNotTest {
  private static Outcome outcome(Conclude end) {
    return end.conclusion().outcome();
  }

  @Test
  void doesNotCallTwoOfThreeShortOfASupermajority() {
    var end = stubborn(drafted(yesNo(3, new Supermajority(2, 3)), "approve", "approve", "reject"));
    assertThat(outcome(end)).isEqualTo(Outcome.DECIDED_WITH_DISSENT);
    assertThat(end.conclusion().verdict()).contains("approve");
  }

  @Test
  void doesNotPassAOneToOneTieAsAMajority() {
    for (ConsensusRule rule : ConsensusRule.all()) {
      if (!(rule instanceof ConsensusRule.Judge)) {
        var end = stubborn(drafted(yesNo(2, rule), "approve", "reject"));
        assertThat(outcome(end)).as(rule.wire()).isEqualTo(Outcome.NO_CONSENSUS);
        assertThat(end.conclusion().verdict()).isEmpty();
      }
    }
  }

  @Test
  void doesNotPassUnanimousWithTwoOfThreeSeatsDead() {
    for (ConsensusRule rule : List.of(new Unanimity(), new Majority(), new Supermajority(2, 3))) {
      var end = stubborn(drafted(yesNo(3, rule), "approve", "-", "-"));
      assertThat(outcome(end)).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
      assertThat(end.conclusion().verdict()).isEmpty();
    }
  }

  @Test
  void doesNotPassUnanimousWithOneOfThreeSeatsDead() {
    var end = stubborn(drafted(yesNo(3, new Unanimity()), "approve", "approve", "-"));
    assertThat(outcome(end)).isEqualTo(Outcome.NO_CONSENSUS);
  }

  @Test
  void doesNotCountAVoteForADraftThatDoesNotExist() {
    var end = stubborn(drafted(yesNo(3, new Majority()), "approve", "adopt", "adopt"));
    assertThat(outcome(end)).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
  }

  @Test
  void doesNotApproveAFinalVoteForADraftThatDoesNotExist() {
    var state =
        drafted(yesNo(3, new Majority()), "approve", "reject", "approve")
            .with(PanelOf.replies("s0", 2, Contribution.Stance.UNSURE))
            .with(PanelOf.replies("s1", 2, Contribution.Stance.UNSURE))
            .with(PanelOf.replies("s2", 2, Contribution.Stance.UNSURE))
            .with(flips("s0", "draft 9", "c-s1", ReasonType.RULE))
            .with(keeps("s1", "reject"))
            .with(flips("s2", "draft 9", "c-s1", ReasonType.RULE));
    var end = stubborn(state);
    assertThat(outcome(end)).isEqualTo(Outcome.NO_CONSENSUS);
    assertThat(findings(end).refusedBallots()).containsExactly("s0", "s2");
  }

  @Test
  void doesNotTurnAUnanimousNoIntoAnApproval() {
    var end = stubborn(drafted(yesNo(3, new Supermajority(2, 3)), "reject", "reject", "reject"));
    assertThat(outcome(end)).isEqualTo(Outcome.DECIDED);
    assertThat(end.conclusion().verdict()).contains("reject");
  }

  @Test
  void doesNotLetOneConfidentVoiceOutvoteTwo() {
    var panel = PanelOf.strangers(3);
    var frame =
        new Frame(
            List.of("approve", "reject"),
            new Weighted(new Fraction(51, 100)),
            panel,
            List.of(),
            0,
            7,
            Stakes.REVERSIBLE,
            List.of(9_000_000L, 1_000_000L, 1_000_000L),
            Independence.of(panel),
            Calibration.NONE);
    var end = stubborn(drafted(frame, "approve", "reject", "reject"));
    assertThat(end.conclusion().verdict()).isEmpty();
  }

  @Test
  void doesNotReportConfidenceWithoutAVerdictThatStands() {
    for (String third : List.of("-", "?", "reject")) {
      var end = stubborn(drafted(yesNo(3, new Unanimity()), "approve", "approve", third));
      assertThat(end.conclusion().confidence()).isEmpty();
    }
    var decided = stubborn(drafted(yesNo(3, new Unanimity()), "approve", "approve", "approve"));
    assertThat(decided.conclusion().confidence())
        .hasValueSatisfying(c -> assertThat(c.value()).hasToString("0.7273"));
  }

  @Test
  void doesNotDecideWithoutABlindQuorum() {
    var end =
        stubborn(drafted(yesNo(5, new Majority()), "approve", "approve", "approve", "-", "-"));
    assertThat(outcome(end)).isEqualTo(Outcome.INSUFFICIENT_QUORUM);
    var enough =
        stubborn(drafted(yesNo(5, new Majority()), "approve", "approve", "approve", "reject", "-"));
    assertThat(enough.conclusion()).isInstanceOf(Conclusion.Decided.class);
  }

  @Test
  void doesNotCountAFlipWithoutAReason() {
    var state =
        drafted(yesNo(3, new Supermajority(2, 3)), "approve", "reject", "?")
            .with(PanelOf.replies("s0", 2, Contribution.Stance.UNSURE))
            .with(PanelOf.replies("s1", 2, Contribution.Stance.UNSURE))
            .with(PanelOf.replies("s2", 2, Contribution.Stance.UNSURE))
            .with(keeps("s0", "approve"))
            .with(keeps("s1", "approve"))
            .with(keeps("s2", "approve"));
    var end = stubborn(state);
    assertThat(outcome(end)).isEqualTo(Outcome.NO_CONSENSUS);
    assertThat(findings(end).signals().unsupportedFlips()).isEqualTo(2);
    assertThat(findings(end).counted().ballots().get(1).first()).contains("reject");
  }

  @Test
  void doesNotLetADeadSeatsVoteBeReplacedByAnAnswerReceivedTwice() {
    var state = drafted(yesNo(3, new Majority()), "approve", "-", "reject");
    var again = state.with(draft("s0", "approve")).with(draft("s0", "approve"));
    assertThat(DebateEngine.next(again)).isEqualTo(DebateEngine.next(state));
  }
}
