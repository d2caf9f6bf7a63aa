package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.receipt.ReceiptBenchWork;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** Issuing a receipt without a database, and verifying one: the tail of each run. */
public final class ReceiptBench {
  private static final int WARM_UP = Scale.of(2_000);
  private static final int RUNS = Scale.runs();
  private static final int RUN = Scale.of(1_000);
  private static final String SETUP = "one thread, no database, %d a run".formatted(RUN);

  private ReceiptBench() {}

  public static void main(String[] none) {
    var work = new ReceiptBenchWork();
    var figures = new Figures("receipt");
    figures.add(
        new Label("receipt_issue_p95", "build, check and sign twice, p95", "ms", SETUP),
        tails(work::issue),
        new Target.AtMost(10));
    figures.add(
        new Label("receipt_verify_p95", "every check of a whole bundle, p95", "ms", SETUP),
        tails(work::verify),
        new Target.AtMost(5));
    figures.add(
        new Label("receipt_issue_cpu", "processor time of one issue", "ms", SETUP),
        costs(work::issue),
        new Target.None());
    figures.add(
        new Label("receipt_verify_cpu", "processor time of one verification", "ms", SETUP),
        costs(work::verify),
        new Target.None());
    figures.print();
  }

  private static double[] costs(IntSupplier work) {
    var clock = ManagementFactory.getThreadMXBean();
    double[] costs = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long before = clock.getCurrentThreadCpuTime();
      times(work, RUN);
      costs[run] = (clock.getCurrentThreadCpuTime() - before) / 1e6 / RUN;
    }
    return costs;
  }

  private static double[] tails(IntSupplier work) {
    times(work, WARM_UP);
    double[] tails = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      tails[run] = Figures.millis(times(work, RUN), 0.95);
    }
    return tails;
  }

  /** Sorted; the sum of what the work returned must be used, or it could be optimised away. */
  private static long[] times(IntSupplier work, int count) {
    long[] nanos = new long[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      sum += work.getAsInt();
      nanos[i] = System.nanoTime() - start;
    }
    if (sum < 0) {
      throw new IllegalStateException("work that returns less than nothing: " + sum);
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
