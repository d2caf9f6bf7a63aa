package io.aragora.drill.check;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Measured times: the middle, the 95th of a hundred, and the worst. */
public final class Spread {
  private final Queue<Double> seconds = new ConcurrentLinkedQueue<>();

  public void add(double value) {
    seconds.add(value);
  }

  public int count() {
    return seconds.size();
  }

  /** The value that this share of all values does not exceed; 0 where there is none. */
  public double at(double share) {
    List<Double> sorted = sorted(seconds);
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? 0 : rounded(sorted.get(Math.max(0, rank - 1)));
  }

  /** Adds {@code NAME_p50_s}, {@code NAME_p95_s} and {@code NAME_max_s}. */
  public void into(DrillReport report, String name) {
    report
        .figure(name + "_p50_s", at(0.5))
        .figure(name + "_p95_s", at(0.95))
        .figure(name + "_max_s", at(1));
  }

  private static List<Double> sorted(Collection<Double> values) {
    return values.stream().sorted().toList();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
