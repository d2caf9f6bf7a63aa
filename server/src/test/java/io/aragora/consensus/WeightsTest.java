package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aragora.consensus.Weights.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WeightsTest {
  private static Seat seat(int i, String family) {
    return new Seat("s" + i, "m" + i, family, "v");
  }

  private static List<Seat> panel(String... families) {
    List<Seat> panel = new ArrayList<>();
    for (String family : families) {
      panel.add(seat(panel.size(), family));
    }
    return panel;
  }

  @Test
  void weightsAreEqualUntilEverySeatHasTwentyOutcomes() {
    var panel = panel("a", "b", "c");
    var records = List.of(new Record(90, 100), new Record(60, 100), new Record(19, 19));
    assertThat(Weights.of(panel, records)).containsOnly(Ballot.UNIT);
    assertThat(Weights.of(panel, records.subList(0, 2))).containsOnly(Ballot.UNIT);
    var enough = List.of(new Record(90, 100), new Record(60, 100), new Record(19, 20));
    assertThat(Weights.of(panel, enough)).doesNotContain(Ballot.UNIT);
  }

  @Test
  void aWeightIsTheLogOddsOfBeingRight() {
    var panel = panel("a", "b", "c", "d", "e");
    var seventy = new Record(68, 96);
    var weights = Weights.of(panel, List.of(seventy, seventy, seventy, seventy, seventy));
    // (68+2)/(96+4) = 0.7: ln(0.7/0.3) = 0.847298.
    assertThat(weights).containsOnly(847_298L);
  }

  @Test
  void aWeightIsClippedOnBothSides() {
    var panel = panel("a", "b", "c", "d", "e");
    var hopeless = new Record(10, 100);
    var perfect = new Record(1000, 1000);
    var weights = Weights.of(panel, List.of(perfect, perfect, perfect, hopeless, hopeless));
    assertThat(weights).containsExactly(2_200_000L, 2_200_000L, 2_200_000L, 100_000L, 100_000L);
  }

  @Test
  void seatsOfOneFamilyShareTheirWeight() {
    var even = new Record(68, 96);
    var weights = Weights.of(panel("a", "a", "b", "c", "d"), List.of(even, even, even, even, even));
    assertThat(weights.get(0)).isEqualTo(Math.round(847_298 / Math.sqrt(2)));
    assertThat(weights.get(2)).isEqualTo(847_298L);
  }

  @Test
  void noSeatHoldsOverTwoFifths() {
    var random = new Random(16);
    for (int i = 0; i < 10_000; i++) {
      int n = 3 + random.nextInt(5);
      List<Seat> panel = new ArrayList<>();
      List<Record> records = new ArrayList<>();
      for (int s = 0; s < n; s++) {
        panel.add(seat(s, "f" + random.nextInt(n)));
        int m = 20 + random.nextInt(200);
        records.add(new Record(random.nextInt(m + 1), m));
      }
      var weights = Weights.of(panel, records);
      double total = weights.stream().mapToLong(Long::longValue).sum();
      assertThat(weights)
          .allSatisfy(w -> assertThat(w / total).isLessThanOrEqualTo(0.4 + 1e-5))
          .allSatisfy(w -> assertThat(w).isPositive());
    }
  }

  @Test
  void oneExpertAmongNovicesIsCappedAtTwoFifths() {
    var novice = new Record(10, 20);
    var weights = Weights.of(panel("a", "b", "c"), List.of(new Record(400, 400), novice, novice));
    double total = weights.stream().mapToLong(Long::longValue).sum();
    assertThat(weights.getFirst() / total).isCloseTo(0.4, within(1e-5));
  }

  @Test
  void twoSeatsCanOnlyBeEqual() {
    var weights = Weights.of(panel("a", "b"), List.of(new Record(99, 100), new Record(20, 40)));
    assertThat(weights.get(0)).isEqualTo(weights.get(1));
  }

  @Test
  void moreRightThanLabelledIsRefused() {
    assertThatThrownBy(() -> new Record(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
