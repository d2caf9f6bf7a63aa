package io.aragora.access.totp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long to wait after wrong codes in a row: free at first, then doubling, never for ever. */
final class Backoff {
  private static final long FREE = 5;
  private static final long FIRST_SECONDS = 30;
  private static final long MOST_SECONDS = 900;
  private static final long DOUBLINGS = 5;

  private Backoff() {}

  /** What is left to wait at {@code now}, if anything. */
  static Optional<Duration> left(long wrong, Optional<Instant> wrongAt, Instant now) {
    return wrongAt
        .map(last -> Duration.between(now, last.plus(after(wrong))))
        .filter(Duration::isPositive);
  }

  private static Duration after(long wrong) {
    if (wrong < FREE) {
      return Duration.ZERO;
    }
    long doubled = FIRST_SECONDS << Math.min(wrong - FREE, DOUBLINGS);
    return Duration.ofSeconds(Math.min(doubled, MOST_SECONDS));
  }
}
