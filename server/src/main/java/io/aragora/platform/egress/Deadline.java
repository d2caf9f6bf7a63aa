package io.aragora.platform.egress;

import java.time.Duration;

/** The moment, on the monotonic clock, after which nobody waits any more. */
public record Deadline(long nanoTime) {

  /** A deadline that passes after {@code time} from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What is left, never below zero. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  public boolean hasPassed() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** Whichever of the two comes first. */
  public Deadline orIn(Duration time) {
    Deadline other = in(time);
    return other.nanoTime - nanoTime < 0 ? other : this;
  }
}
