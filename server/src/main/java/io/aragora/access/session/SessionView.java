package io.aragora.access.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of a person's sessions, as they see it; {@code current} is the one that asks. */
public record SessionView(
    UUID id,
    String strength,
    @Nullable UUID workspaceId,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt,
    @Nullable String address,
    @Nullable String agent,
    boolean current) {}
