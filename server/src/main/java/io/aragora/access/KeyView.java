package io.aragora.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as it may be shown: everything but its secret. */
public record KeyView(
    UUID id,
    String name,
    String prefix,
    List<String> scopes,
    @Nullable UUID accountId,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {
  public KeyView {
    scopes = List.copyOf(scopes);
  }
}
