package io.aragora.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aragora.consensus.Calibration.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConfidenceTest {
  private static List<Seat> strangers(int n) {
    List<Seat> panel = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      panel.add(new Seat("s" + i, "model" + i, "family" + i, "vendor" + i));
    }
    return panel;
  }

  @Test
  void fiveOfFiveStrangersAreWorthThreeQuartersAndNotCertainty() {
    var confidence = Confidence.of(Independence.of(strangers(5)), 5, Calibration.NONE);
    assertThat(confidence.value()).hasToString("0.7451");
    assertThat(confidence.calibration()).isEqualTo("uncalibrated");
    // alpha = 2.9231, beta = 1: the quantile is 0.05^(1/alpha).
    assertThat(confidence.lower5pct().value())
        .isCloseTo(Math.pow(0.05, 1 / 2.9231), within(0.0001));
  }

  @Test
  void panelsOfStrangersHaveFewerVoicesThanSeats() {
    assertThat(Independence.of(strangers(3)).nEff()).hasToString("1.6667");
    assertThat(Independence.of(strangers(5)).nEff()).hasToString("1.9231");
    assertThat(Independence.of(strangers(9)).nEff()).hasToString("2.1429");
    assertThat(Independence.of(strangers(3)).rhoBar()).hasToString("0.4000");
    assertThat(Independence.of(strangers(1)).nEff()).hasToString("1.0000");
  }

  @Test
  void priorsFollowModelFamilyVendorAndHumans() {
    var one = new Seat("a", "m1", "f1", "v1");
    assertThat(Independence.prior(one, new Seat("b", "m1", "f1", "v1"))).isEqualTo(0.85);
    assertThat(Independence.prior(one, new Seat("b", "m2", "f1", "v1"))).isEqualTo(0.65);
    assertThat(Independence.prior(one, new Seat("b", "m2", "f2", "v1"))).isEqualTo(0.55);
    assertThat(Independence.prior(one, new Seat("b", "m2", "f2", "v2"))).isEqualTo(0.40);
    assertThat(Independence.prior(one, Seat.human("b"))).isEqualTo(0.15);
  }

  @Test
  void oneModelOnEverySeatIsLowIndependence() {
    var same = List.of("a", "b", "c").stream().map(id -> new Seat(id, "m", "f", "v")).toList();
    assertThat(Independence.of(same).isLow()).isTrue();
    assertThat(Independence.of(strangers(2)).isLow()).isFalse();
  }

  @Test
  void recordedErrorsMoveThePriorByTheirNumber() {
    // kappa = 0: both wrong as often as chance says. 30 outcomes weigh as much as the prior.
    var history = List.of(new Independence.Pair("model0", "model1", 12, 3, 12, 3));
    var measured = Independence.of(strangers(2), history);
    assertThat(measured.rhoBar()).hasToString("0.2000");
    assertThat(measured.source()).isEqualTo("measured");
    assertThat(Independence.of(strangers(3), history).source()).isEqualTo("mixed");
    assertThat(Independence.of(strangers(3)).source()).isEqualTo("prior");
  }

  @Test
  void modelsThatAlwaysErrTogetherApproachOneVoice() {
    var history = List.of(new Independence.Pair("model0", "model1", 7000, 0, 0, 3000));
    assertThat(Independence.of(strangers(2), history).rhoBar().value()).isGreaterThan(0.99);
  }

  @Test
  void theBetaQuantileMatchesClosedForms() {
    for (double p : new double[] {0.001, 0.05, 0.5, 0.95, 0.999}) {
      for (double a : new double[] {1, 1.5, 2, 7.25, 40}) {
        assertThat(Beta.quantile(p, a, 1)).isCloseTo(Math.pow(p, 1 / a), within(1e-9));
        assertThat(Beta.quantile(p, 1, a)).isCloseTo(1 - Math.pow(1 - p, 1 / a), within(1e-9));
      }
      double arcsine = Math.pow(Math.sin(Math.PI * p / 2), 2);
      assertThat(Beta.quantile(p, 0.5, 0.5)).isCloseTo(arcsine, within(1e-9));
    }
  }

  @Test
  void theBetaQuantileMatchesPublishedValues() {
    assertThat(Beta.quantile(0.05, 2, 3)).isCloseTo(0.0976, within(5e-5));
    assertThat(Beta.quantile(0.05, 5, 5)).isCloseTo(0.2514, within(5e-5));
    assertThat(Beta.quantile(0.95, 5, 5)).isCloseTo(0.7486, within(5e-5));
    assertThat(Beta.quantile(0.5, 2, 2)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theBetaQuantileInvertsTheCumulativeProbability() {
    var random = new Random(12);
    for (int i = 0; i < 10_000; i++) {
      double a = 1 + 9 * random.nextDouble();
      double b = 1 + 9 * random.nextDouble();
      double p = 0.001 + 0.998 * random.nextDouble();
      assertThat(Beta.cumulative(Beta.quantile(p, a, b), a, b)).isCloseTo(p, within(1e-9));
    }
  }

  @Test
  void cumulativeBetaMatchesTheBinomialTail() {
    // P(Beta(k, n-k+1) <= x) = P(Binomial(n, x) >= k), here n = 8, k = 3, x = 0.3.
    double tail = 0;
    for (int j = 3; j <= 8; j++) {
      tail += choose(8, j) * Math.pow(0.3, j) * Math.pow(0.7, 8 - j);
    }
    assertThat(Beta.cumulative(0.3, 3, 6)).isCloseTo(tail, within(1e-12));
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }

  @Test
  void confidenceRisesWithSupportAndWithIndependence() {
    var five = Independence.of(strangers(5));
    Fixed before = Fixed.of(0);
    for (int support = 0; support <= 5; support++) {
      var confidence = Confidence.of(five, support, Calibration.NONE);
      assertThat(confidence.value()).isGreaterThan(before);
      assertThat(confidence.lower5pct()).isLessThan(confidence.value());
      before = confidence.value();
    }
  }

  private static List<Labelled> outcomes(int count, Random random) {
    List<Labelled> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double raw = 0.4 + 0.1 * random.nextInt(6);
      // The truth is sharper than the raw number says.
      outcomes.add(new Labelled(raw, random.nextDouble() < Math.min(1, 2 * raw - 0.7)));
    }
    return outcomes;
  }

  @Test
  void calibrationNeedsFiftyLabelsAndFollowsStepsFromTwoHundred() {
    var random = new Random(13);
    assertThat(Calibration.fit(outcomes(49, random)).wire()).isEqualTo("uncalibrated");
    assertThat(Calibration.fit(outcomes(50, random)).wire()).isEqualTo("platt:50");
    assertThat(Calibration.fit(outcomes(199, random)).wire()).isEqualTo("platt:199");
    assertThat(Calibration.fit(outcomes(200, random)).wire()).isEqualTo("isotonic:200");
  }

  @Test
  void calibrationLearnsTheTrueShares() {
    var random = new Random(14);
    var platt = Calibration.fit(outcomes(199, random));
    var isotonic = Calibration.fit(outcomes(20_000, random));
    for (double raw : new double[] {0.5, 0.6, 0.7, 0.8}) {
      assertThat(platt.apply(raw)).isCloseTo(2 * raw - 0.7, within(0.15));
      assertThat(isotonic.apply(raw)).isCloseTo(2 * raw - 0.7, within(0.03));
    }
  }

  @Test
  void calibrationNeverRanksALowerRawConfidenceHigher() {
    var random = new Random(15);
    for (int i = 0; i < 200; i++) {
      var fitted = Calibration.fit(outcomes(200 + random.nextInt(300), random));
      for (double raw = 0; raw < 1; raw += 0.05) {
        assertThat(fitted.apply(raw + 0.05)).isGreaterThanOrEqualTo(fitted.apply(raw));
      }
    }
  }

  @Test
  void fourPlacesRoundHalfToEvenFromTheExactValue() {
    assertThat(Fixed.parse("0.00005")).hasToString("0.0000");
    assertThat(Fixed.parse("0.00015")).hasToString("0.0002");
    assertThat(Fixed.of(2.0 / 3)).hasToString("0.6667");
    assertThat(Fixed.parse("-1.5")).hasToString("-1.5000");
    assertThat(Fixed.parse(Fixed.of(0.7451).toString())).isEqualTo(Fixed.of(0.7451));
  }
}
