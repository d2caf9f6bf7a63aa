package io.aragora.platform.observe;

import java.time.Duration;

/** What a meter was last seen to be. One that nobody renews is worth nothing after a minute. */
record Reading(double last, long seenNanos) {
  static final Duration BELIEVED = Duration.ofMinutes(1);

  static Reading now(double value) {
    return new Reading(value, System.nanoTime());
  }

  double value() {
    return valueAt(System.nanoTime());
  }

  double valueAt(long nanos) {
    return nanos - seenNanos < BELIEVED.toNanos() ? last : Double.NaN;
  }
}
