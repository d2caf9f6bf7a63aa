package io.aragora.bench;

/**
 * How much is measured: all of it, or with {@code -Dbench.quick=true} only enough to see it run.
 */
final class Scale {
  private static final boolean QUICK = Boolean.getBoolean("bench.quick");

  private Scale() {}

  /** Runs whose median is told. */
  static int runs() {
    return QUICK ? 1 : 5;
  }

  /** The full count, or a tenth of it. */
  static int of(int full) {
    return QUICK ? Math.max(1, full / 10) : full;
  }
}
