package io.aragora.access.session;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A session just begun; its token goes into the cookie and is kept nowhere else. */
public record NewSession(
    UUID id,
    AccountId account,
    Optional<WorkspaceId> workspace,
    String token,
    String csrf,
    Instant expiresAt,
    Duration life) {
  @Override
  public String toString() {
    return "session " + id;
  }
}
