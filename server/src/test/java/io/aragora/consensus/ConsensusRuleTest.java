package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.consensus.ConsensusRule.Approval;
import io.aragora.consensus.ConsensusRule.Borda;
import io.aragora.consensus.ConsensusRule.Copeland;
import io.aragora.consensus.ConsensusRule.Judge;
import io.aragora.consensus.ConsensusRule.Majority;
import io.aragora.consensus.ConsensusRule.Plurality;
import io.aragora.consensus.ConsensusRule.Supermajority;
import io.aragora.consensus.ConsensusRule.Unanimity;
import io.aragora.consensus.ConsensusRule.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsensusRuleTest {
  private static final List<String> ABC = List.of("a", "b", "c");

  /** One word a seat, best first; "-" abstains: votes("abc", "bca", "-"). */
  private static Election votes(String... rankings) {
    List<String> seats = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < rankings.length; i++) {
      seats.add("s" + i);
      List<String> ranking = rankings[i].equals("-") ? List.of() : List.of(rankings[i].split(""));
      ballots.add(Ballot.of("s" + i, ranking));
    }
    return Election.of(ABC, seats, ballots);
  }

  private static String winner(ConsensusRule rule, Election election) {
    return rule.decide(election).option().orElse("none");
  }

  @Test
  void majorityNeedsMoreThanHalfOfTheSeats() {
    assertThat(winner(new Majority(), votes("a", "a", "b"))).isEqualTo("a");
    assertThat(winner(new Majority(), votes("a", "a", "b", "b"))).isEqualTo("none");
    assertThat(winner(new Majority(), votes("a", "a", "-", "-"))).isEqualTo("none");
  }

  @Test
  void supermajorityOfTwoThirdsIsReachedByTwoOfThree() {
    assertThat(winner(new Supermajority(2, 3), votes("a", "a", "b"))).isEqualTo("a");
    assertThat(winner(new Supermajority(2, 3), votes("a", "a", "a", "b", "b"))).isEqualTo("none");
    assertThat(winner(new Supermajority(2, 3), votes("a", "a", "a", "a", "b"))).isEqualTo("a");
  }

  @Test
  void supermajorityOfThreeQuartersIsNotReachedByTwoOfThree() {
    assertThat(winner(new Supermajority(3, 4), votes("a", "a", "b"))).isEqualTo("none");
  }

  @Test
  void unanimityCountsHeadsAndNotWeight() {
    var heavy = new Ballot("s0", List.of("a"), 1, 9_000_000);
    var election = Election.of(ABC, List.of("s0", "s1"), List.of(heavy, Ballot.of("s1", "b")));
    assertThat(winner(new Unanimity(), election)).isEqualTo("none");
    assertThat(winner(new Unanimity(), votes("a", "a", "a"))).isEqualTo("a");
  }

  @Test
  void unanimityIsNotReachedWhileASeatIsSilent() {
    assertThat(winner(new Unanimity(), votes("a", "a", "-"))).isEqualTo("none");
  }

  @Test
  void pluralityNeedsItsMargin() {
    assertThat(winner(new Plurality(2), votes("a", "a", "a", "b", "c"))).isEqualTo("a");
    assertThat(winner(new Plurality(2), votes("b", "b", "a", "b", "a"))).isEqualTo("none");
    assertThat(winner(new Plurality(1), votes("a", "b", "b", "c", "b"))).isEqualTo("b");
  }

  @Test
  void pluralityTieNamesAllLeadersInsteadOfTheFirst() {
    assertThat(new Plurality(1).decide(votes("a", "a", "b", "b", "c")))
        .isInstanceOfSatisfying(
            Verdict.Tied.class, tied -> assertThat(tied.leaders()).containsExactly("a", "b"));
  }

  @Test
  void weightedNeedsTheShareAndTwoHeads() {
    var heavy = new Ballot("s0", List.of("a"), 1, 8_000_000);
    var light = List.of(Ballot.of("s1", "b"), Ballot.of("s2", "b"));
    var alone =
        Election.of(ABC, List.of("s0", "s1", "s2"), List.of(heavy, light.get(0), light.get(1)));
    assertThat(winner(new Weighted(new Fraction(2, 3)), alone)).isEqualTo("none");
    var backed =
        Election.of(
            ABC, List.of("s0", "s1", "s2"), List.of(heavy, Ballot.of("s1", "a"), light.get(1)));
    assertThat(winner(new Weighted(new Fraction(2, 3)), backed)).isEqualTo("a");
  }

  @Test
  void weightedKeepsTheWeightOfSilentSeatsInTheDenominator() {
    var silent = Ballot.abstain("s2").weighing(2_000_000);
    var election =
        Election.of(
            ABC,
            List.of("s0", "s1", "s2"),
            List.of(Ballot.of("s0", "a"), Ballot.of("s1", "a"), silent));
    assertThat(winner(new Weighted(new Fraction(2, 3)), election)).isEqualTo("none");
    assertThat(Tally.of(election).totalWeight()).isEqualTo(4_000_000);
  }

  @Test
  void copelandElectsWhoBeatsEveryOtherInPairs() {
    // b is nobody's last: it beats a and c in pairs though a has most first ranks.
    assertThat(winner(new Copeland(), votes("abc", "abc", "bca", "cba", "cba"))).isEqualTo("b");
  }

  @Test
  void copelandRecordsTheCycleAndDecidesItByBordaInTheSmithSet() {
    Verdict verdict = new Copeland().decide(votes("abc", "abc", "bca", "cab", "bca"));
    assertThat(verdict.tally().cycle()).containsExactly("a", "b", "c");
    assertThat(verdict.tally().smithSet()).containsExactly("a", "b", "c");
    assertThat(verdict.option()).contains("b");
  }

  @Test
  void copelandWithAPerfectCycleHasNoWinner() {
    assertThat(new Copeland().decide(votes("abc", "bca", "cab")))
        .isInstanceOfSatisfying(
            Verdict.Tied.class, tied -> assertThat(tied.leaders()).containsExactly("a", "b", "c"));
  }

  @Test
  void copelandIgnoresOptionsOutsideTheSmithSet() {
    var options = List.of("a", "b", "c", "d");
    List<Ballot> ballots =
        List.of(
            Ballot.of("s0", "a", "b", "c", "d"),
            Ballot.of("s1", "b", "c", "a", "d"),
            Ballot.of("s2", "c", "a", "b", "d"));
    Tally tally = Tally.of(Election.of(options, List.of("s0", "s1", "s2"), ballots));
    assertThat(tally.smithSet()).containsExactly("a", "b", "c");
  }

  @Test
  void pairwiseMatrixCountsRankedOverUnranked() {
    Tally tally = Tally.of(votes("a", "ba", "cab"));
    assertThat(tally.pairwise())
        .containsExactly(List.of(0, 2, 2), List.of(1, 0, 1), List.of(1, 1, 0));
  }

  @Test
  void bordaElectsTheMostPoints() {
    assertThat(winner(new Borda(), votes("abc", "abc", "bca", "bca", "bac"))).isEqualTo("b");
    // times 2(K-1) = 4: a gets 3+3+1+1+2 = 10 points, b 2+2+3+3+3 = 13, c 7.
    assertThat(Tally.of(votes("abc", "abc", "bca", "bca", "bac")).borda())
        .containsExactly(40L, 52L, 28L);
  }

  @Test
  void bordaTieHasNoWinner() {
    assertThat(new Borda().decide(votes("abc", "bac"))).isInstanceOf(Verdict.Tied.class);
  }

  @Test
  void bordaOnOwnExcludedBallotsIsScaled() {
    // Everyone's own draft is a candidate: each ballot has two ranks worth 2 and 1, times 3/2.
    var election =
        new Election(
            ABC,
            List.of("s0", "s1", "s2"),
            List.of(
                Ballot.of("s0", "b", "c"), Ballot.of("s1", "a", "c"), Ballot.of("s2", "a", "b")),
            Map.of("s0", "a", "s1", "b", "s2", "c"));
    // a: 3+3 = 6, b: 3+1.5, c: 1.5+1.5; times 4.
    assertThat(Tally.of(election).borda()).containsExactly(24L, 18L, 12L);
    assertThat(winner(new Borda(), election)).isEqualTo("a");
  }

  @Test
  void approvalCountsEveryRankMarkedAcceptableAndNeedsHalfOfTheSeats() {
    var election =
        Election.of(
            ABC,
            List.of("s0", "s1", "s2"),
            List.of(
                new Ballot("s0", List.of("a", "b"), 2, Ballot.UNIT),
                new Ballot("s1", List.of("c", "b"), 2, Ballot.UNIT),
                new Ballot("s2", List.of("a", "b"), 1, Ballot.UNIT)));
    assertThat(new Approval().decide(election)).isInstanceOf(Verdict.Tied.class);
    assertThat(winner(new Approval(), votes("a", "a", "b"))).isEqualTo("a");
    assertThat(winner(new Approval(), votes("a", "a", "b", "c"))).isEqualTo("none");
  }

  @Test
  void judgesNeedThreeSeatsAndAMajorityOfAll() {
    assertThat(winner(new Judge(3), votes("a", "a"))).isEqualTo("none");
    assertThat(winner(new Judge(3), votes("a", "a", "-"))).isEqualTo("a");
    assertThat(winner(new Judge(3), votes("a", "-", "-"))).isEqualTo("none");
  }

  @Test
  void rulesThatOnlyCompareOptionsNeedTwoThirdsOfTheSeatsToVote() {
    for (ConsensusRule rule :
        List.of(new Copeland(), new Borda(), new Approval(), new Plurality(1))) {
      assertThat(rule.decide(votes("abc", "-", "-"))).isInstanceOf(Verdict.Short.class);
    }
  }

  @Test
  void nobodyVotingIsNoVerdictUnderAnyRule() {
    for (ConsensusRule rule : ConsensusRule.all()) {
      assertThat(rule.decide(votes("-", "-", "-")).option()).isEmpty();
    }
  }

  @Test
  void everyRuleReadsBackFromItsWireForm() {
    for (ConsensusRule rule : ConsensusRule.all()) {
      assertThat(ConsensusRule.parse(rule.wire())).isEqualTo(rule);
      assertThat(ConsensusRule.parse(rule.name(), rule.parameter())).isEqualTo(rule);
    }
    assertThat(new Supermajority(2, 3).wire()).isEqualTo("supermajority(2/3)");
    assertThat(ConsensusRule.parse("plurality")).isEqualTo(new Plurality(2));
  }

  @Test
  void rulesThatCannotBeAreRefused() {
    for (String bad :
        List.of(
            "supermajority(1/2)",
            "supermajority(3/2)",
            "supermajority(x)",
            "supermajority(",
            "supermajority()",
            "weighted(0/3)",
            "plurality(0)",
            "plurality(two)",
            "judge(2)",
            "majority(2/3)",
            "loudest",
            "")) {
      assertThatThrownBy(() -> ConsensusRule.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theStandardRuleFollowsOptionsAndStakes() {
    assertThat(ConsensusRule.standard(2, Stakes.REVERSIBLE)).isEqualTo(new Supermajority(2, 3));
    assertThat(ConsensusRule.standard(0, Stakes.REVERSIBLE)).isEqualTo(new Supermajority(2, 3));
    assertThat(ConsensusRule.standard(3, Stakes.REVERSIBLE)).isEqualTo(new Copeland());
    assertThat(ConsensusRule.standard(3, Stakes.IRREVERSIBLE)).isEqualTo(new Unanimity());
  }
}
