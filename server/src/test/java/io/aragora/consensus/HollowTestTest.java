package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.consensus.HollowTest.Talk;
import io.aragora.consensus.Signals.Flip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HollowTestTest {
  private static final List<Set<String>> SOLID = List.of(Set.of("e1"), Set.of("e2"), Set.of("e1"));

  private static Independence strangers(int n) {
    List<Seat> panel = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      panel.add(new Seat("s" + i, "m" + i, "f" + i, "v" + i));
    }
    return Independence.of(panel);
  }

  private static Tally tally(String votes) {
    List<Ballot> ballots = new ArrayList<>();
    List<String> seats = new ArrayList<>();
    for (String vote : votes.split("")) {
      String seat = "s" + seats.size();
      seats.add(seat);
      ballots.add(Ballot.of(seat, vote));
    }
    return Tally.of(Election.of(List.of("a", "b", "c"), seats, ballots));
  }

  private static Flip flip(String to, Flip.Support support) {
    return new Flip("s", "c", to, ReasonType.RULE, "c1", support);
  }

  private static Signals signals(String blind, String spoken, Flip... flips) {
    int n = blind.length();
    return HollowTest.of(
        new Talk(n, tally(blind), tally(spoken), List.of(flips), SOLID), strangers(n));
  }

  @Test
  void agreementThatRoseByTwoFifthsWasCreatedByTalk() {
    assertThat(signals("aaabb", "aaaaa").h1()).isTrue();
    assertThat(signals("aaabb", "aaaab").h1()).isFalse();
    assertThat(signals("aaa", "aaa").h1()).isFalse();
  }

  @Test
  void halfOfTheFlipsWithoutReasonsIsTooMany() {
    var good = flip("a", Flip.Support.SUPPORTED);
    var bad = flip("a", Flip.Support.UNSUPPORTED);
    assertThat(signals("aaabb", "aaaab", bad, good).h2()).isTrue();
    assertThat(signals("aaabb", "aaaab", bad, good, good).h2()).isFalse();
    assertThat(signals("aaabb", "aaabb").h2()).isFalse();
  }

  @Test
  void fiveFlipsAllTowardTheMajorityFollowTheCrowd() {
    var toward = flip("a", Flip.Support.SUPPORTED);
    var away = flip("b", Flip.Support.SUPPORTED);
    String blind = "aaaabbccc";
    assertThat(signals(blind, blind, toward, toward, toward, toward, toward).h3()).isTrue();
    assertThat(signals(blind, blind, toward, toward, toward, toward).h3()).isFalse();
    assertThat(signals(blind, blind, toward, toward, toward, toward, away).h3()).isFalse();
    // Seven of eight: tail 9/256 = 0.035; six of seven: 8/128 = 0.0625.
    assertThat(
            signals(blind, blind, toward, toward, toward, toward, toward, toward, toward, away)
                .h3())
        .isTrue();
    assertThat(signals(blind, blind, toward, toward, toward, toward, toward, toward, away).h3())
        .isFalse();
  }

  @Test
  void aTiedBlindVoteHasNoMajorityToFollow() {
    var toward = flip("a", Flip.Support.SUPPORTED);
    assertThat(signals("aabb", "aabb", toward, toward, toward, toward, toward).h3()).isFalse();
  }

  @Test
  void twoSeatsAreTooFewVoices() {
    assertThat(signals("aa", "aa").h4()).isTrue();
    assertThat(signals("aaa", "aaa").h4()).isFalse();
  }

  @Test
  void oneItemOfEvidenceIsTooLittle() {
    assertThat(evidence(List.of(Set.of("e1"), Set.of("e1"), Set.of()))).isTrue();
    assertThat(evidence(List.of(Set.of(), Set.of()))).isTrue();
    assertThat(evidence(SOLID)).isFalse();
  }

  @Test
  void fourOfFiveSupportersOnOneItemIsTooLittle() {
    Set<String> one = Set.of("e1");
    assertThat(evidence(List.of(one, one, one, one, Set.of("e2")))).isTrue();
    assertThat(evidence(List.of(one, one, one, Set.of("e1", "e2"), Set.of("e2")))).isFalse();
  }

  @Test
  void withoutAWinnerNoEvidenceIsMissing() {
    assertThat(evidence(List.of())).isFalse();
  }

  private static boolean evidence(List<Set<String>> cited) {
    return HollowTest.of(new Talk(3, tally("aaa"), tally("aaa"), List.of(), cited), strangers(3))
        .h5();
  }

  @Test
  void anyTwoSignalsMakeAConsensusHollow() {
    for (int mask = 0; mask < 32; mask++) {
      var signals =
          new Signals(
              (mask & 1) != 0,
              (mask & 2) != 0,
              (mask & 4) != 0,
              (mask & 8) != 0,
              (mask & 16) != 0,
              List.of());
      assertThat(signals.isHollow()).isEqualTo(Integer.bitCount(mask) >= 2);
    }
  }
}
