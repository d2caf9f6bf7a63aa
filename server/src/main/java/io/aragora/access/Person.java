package io.aragora.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person signed in, as they see themselves. */
public record Person(
    UUID accountId,
    String email,
    String name,
    boolean operator,
    @Nullable String role,
    UUID sessionId,
    @Nullable String csrfToken,
    Instant expiresAt,
    List<Membership> workspaces) {

  /** A workspace the person is an active member of. */
  public record Membership(UUID workspaceId, String name, String role) {}

  public Person {
    workspaces = List.copyOf(workspaces);
  }
}
