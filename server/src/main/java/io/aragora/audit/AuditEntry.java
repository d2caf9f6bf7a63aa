package io.aragora.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One line of the audit log, as readers see it; erased words are absent. */
public record AuditEntry(
    UUID id,
    Instant at,
    String action,
    String targetKind,
    String targetId,
    String outcome,
    String actorKind,
    UUID actorId,
    Optional<String> requestId,
    Optional<String> beforeSha256,
    Optional<String> afterSha256,
    Optional<String> address,
    Map<String, String> detail) {
  public AuditEntry {
    detail = Map.copyOf(detail);
  }
}
