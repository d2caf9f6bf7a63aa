package io.aragora.platform.job;

import java.time.Duration;

/**
 * One kind of durable work: its name in the table, how often it may fail, and how long to wait
 * after the first failure (twice as long after each further one, at most the longest).
 */
public record JobKind(String name, int attempts, Duration firstPause, Duration longestPause) {
  public JobKind {
    if (!name.matches("[a-z][a-z0-9_.]{0,62}")) {
      throw new IllegalArgumentException("not a job name: " + name);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
  }

  /** Waits at most a minute. */
  public JobKind(String name, int attempts, Duration firstPause) {
    this(name, attempts, firstPause, Duration.ofMinutes(1));
  }

  /** The pause after {@code failures} failures in a row. */
  Duration pauseAfter(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
