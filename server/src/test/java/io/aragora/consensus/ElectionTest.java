package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ElectionTest {
  private static final List<String> OPTIONS = List.of("yes", "no");
  private static final List<String> SEATS = List.of("anna", "ben", "cleo");

  private static void refused(String because, List<Ballot> ballots) {
    assertThatThrownBy(() -> Election.of(OPTIONS, SEATS, ballots))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  @Test
  void aVoteForWhatIsNoOptionIsRefused() {
    refused("no option", List.of(Ballot.of("anna", "maybe")));
  }

  @Test
  void aBallotFromOutsideThePanelIsRefused() {
    refused("no seat", List.of(Ballot.of("dora", "yes")));
  }

  @Test
  void aSecondBallotOfASeatIsRefused() {
    refused("votes twice", List.of(Ballot.of("anna", "yes"), Ballot.of("anna", "no")));
  }

  @Test
  void anOptionRankedTwiceIsRefused() {
    assertThatThrownBy(() -> Ballot.of("anna", "yes", "yes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVoteForOnesOwnDraftIsRefused() {
    assertThatThrownBy(
            () ->
                new Election(
                    OPTIONS, SEATS, List.of(Ballot.of("anna", "no", "yes")), Map.of("anna", "yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own draft");
  }

  @Test
  void aSilentSeatAbstainsAndWeighsAsMuchAsTheHeaviest() {
    var election =
        Election.of(OPTIONS, SEATS, List.of(Ballot.of("anna", "yes").weighing(3_000_000)));
    assertThat(election.ballots()).hasSize(3);
    assertThat(Tally.of(election).cast()).isEqualTo(1);
    assertThat(Tally.of(election).totalWeight()).isEqualTo(9_000_000);
  }

  @Test
  void sameSeatOrSameOptionTwiceIsRefused() {
    assertThatThrownBy(() -> Election.of(List.of("a", "a"), SEATS, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Election.of(OPTIONS, List.of("anna", "anna"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Election.of(List.of(), SEATS, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBlindQuorumIsTwoThirdsAndNeverOne() {
    assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 9).stream().map(BlindQuorum::needed))
        .containsExactly(2, 2, 2, 3, 4, 4, 5, 6);
  }

  @Test
  void aDecisionCannotBeMadeWithoutABlindQuorum() {
    var one = List.of(Ballot.of("anna", "yes"));
    assertThatThrownBy(() -> new BlindQuorum(SEATS, one))
        .isInstanceOf(IllegalArgumentException.class);
    var sameTwice = List.of(Ballot.of("anna", "yes"), Ballot.of("anna", "yes"));
    assertThatThrownBy(() -> new BlindQuorum(SEATS, sameTwice))
        .isInstanceOf(IllegalArgumentException.class);
    var silent = List.of(Ballot.of("anna", "yes"), Ballot.abstain("ben"));
    assertThatThrownBy(() -> new BlindQuorum(SEATS, silent))
        .isInstanceOf(IllegalArgumentException.class);
    var stranger = List.of(Ballot.of("anna", "yes"), Ballot.of("dora", "yes"));
    assertThatThrownBy(() -> new BlindQuorum(SEATS, stranger))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void undecidedCannotCarryADecision() {
    for (Outcome outcome : List.of(Outcome.DECIDED, Outcome.DECIDED_WITH_DISSENT, Outcome.REVIEW)) {
      assertThatThrownBy(() -> new Conclusion.Undecided(outcome))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
