package io.aragora.audit.desk;

import io.aragora.audit.AuditEntry;
import io.aragora.audit.AuditRow;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log. {@code index} is its place in the log, absent for the second until it
 * has one. Once its words are erased, address and detail are gone and the hashes stay.
 */
public record AuditLine(
    UUID id,
    @Nullable Long index,
    Instant at,
    String action,
    String targetKind,
    String targetId,
    String outcome,
    String actorKind,
    UUID actorId,
    @Nullable String requestId,
    @Nullable String beforeSha256,
    @Nullable String afterSha256,
    @Nullable String address,
    Map<String, String> detail,
    boolean wordsErased) {
  public AuditLine {
    detail = Map.copyOf(detail);
  }

  static AuditLine of(AuditRow row, @Nullable Long index) {
    AuditEntry entry = row.entry();
    return new AuditLine(
        entry.id(),
        index,
        entry.at(),
        entry.action(),
        entry.targetKind(),
        entry.targetId(),
        entry.outcome(),
        entry.actorKind(),
        entry.actorId(),
        row.requestId(),
        row.beforeSha256(),
        row.afterSha256(),
        row.address(),
        entry.detail(),
        row.isErased());
  }
}
