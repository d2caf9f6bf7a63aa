package io.aragora.bench;

import io.aragora.platform.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one bench measured: medians of some runs with their spread, printed as one line of JSON. */
final class Figures {
  private final String bench;
  private final List<Row> rows = new ArrayList<>();

  Figures(String bench) {
    this.bench = bench;
  }

  /** What a figure must reach. */
  sealed interface Target {
    record AtLeast(double bound) implements Target {}

    record AtMost(double bound) implements Target {}

    record None() implements Target {}
  }

  /** One line of the table; {@code value} is the median of the runs. */
  record Row(
      String id,
      String what,
      double value,
      double min,
      double max,
      String unit,
      @Nullable String target,
      @Nullable Boolean met,
      String setup) {}

  private record Printed(String bench, List<Row> rows) {}

  /** What a figure is called, what it counts and how it came about. */
  record Label(String id, String what, String unit, String setup) {}

  void add(Label label, double[] runs, Target target) {
    double[] sorted = runs.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    rows.add(
        new Row(
            label.id(),
            label.what(),
            rounded(median),
            rounded(sorted[0]),
            rounded(sorted[sorted.length - 1]),
            label.unit(),
            text(target),
            met(target, median),
            label.setup()));
  }

  void print() {
    System.out.println(Json.text(new Printed(bench, rows)));
  }

  /** The value below which this share of the measurements lies, in milliseconds. */
  static double millis(long[] sortedNanos, double share) {
    return sortedNanos[(int) Math.min(sortedNanos.length - 1L, (long) (sortedNanos.length * share))]
        / 1e6;
  }

  private static @Nullable String text(Target target) {
    return switch (target) {
      case Target.AtLeast(double bound) -> ">= " + plain(bound);
      case Target.AtMost(double bound) -> "<= " + plain(bound);
      case Target.None() -> null;
    };
  }

  private static @Nullable Boolean met(Target target, double value) {
    return switch (target) {
      case Target.AtLeast(double bound) -> value >= bound;
      case Target.AtMost(double bound) -> value <= bound;
      case Target.None() -> null;
    };
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }
}
