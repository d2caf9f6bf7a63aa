package io.aragora.platform.job;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a node takes part: at most {@code atOnce} jobs, {@code grace} for running handlers when it
 * drains. While {@code unfit} says why (a clock that is wrong), it takes none and gives back what
 * it has.
 */
public record JobLimits(int atOnce, Duration grace, Supplier<Optional<String>> unfit) {
  /** For nodes that are always fit. */
  public static JobLimits of(int atOnce, Duration grace) {
    return new JobLimits(atOnce, grace, Optional::empty);
  }
}
