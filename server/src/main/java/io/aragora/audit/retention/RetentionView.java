package io.aragora.audit.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many days the words of audit entries are kept, for ever where {@code days} is absent, and up
 * to when they have been erased. Hashes stay for ever, so that the log goes on verifying.
 */
public record RetentionView(@Nullable Integer days, @Nullable Instant erasedUntil) {

  /** What a caller asks for. */
  public record Wish(@Nullable Integer days) {
    private static final int FEWEST = 30;
    private static final int MOST = 36_500;

    public Wish {
      if (days != null && (days < FEWEST || days > MOST)) {
        throw new IllegalArgumentException(
            "days must be %d to %d, or absent: %d".formatted(FEWEST, MOST, days));
      }
    }
  }
}
