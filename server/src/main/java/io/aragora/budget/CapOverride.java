package io.aragora.budget;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Money;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A raise of all caps of a workspace for a time: how much, why, by whom, until when. */
public record CapOverride(
    UUID id,
    Money amount,
    String reason,
    ActorId actor,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable ActorId revokedBy) {

  /** What a caller asks for. */
  public record Wish(Money amount, String reason, Instant expiresAt) {
    private static final int LONGEST_REASON = 500;

    public Wish {
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(expiresAt, "expires_at");
      reason = reason.strip();
      if (amount.isZero() || amount.compareTo(Caps.MOST) > 0) {
        throw new IllegalArgumentException(
            "amount must be 1 to " + Caps.MOST.micro() + " micro-dollars: " + amount.micro());
      }
      if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
        throw new IllegalArgumentException(
            "reason must have 1 to " + LONGEST_REASON + " characters: " + reason.length());
      }
    }
  }
}
