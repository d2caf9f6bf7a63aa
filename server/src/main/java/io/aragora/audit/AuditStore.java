package io.aragora.audit;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import java.util.TreeMap;

/** The rows of the audit log. */
final class AuditStore {
  void insert(Tx tx, WorkspaceId workspace, AuditEntry entry, byte[] salt, byte[] body) {
    tx.update(
        """
        insert into audit_entry
               (entry_id, workspace_id, at, action, target_kind, target_id, outcome, actor_kind,
                actor_id, request_id, before_sha256, after_sha256, address, detail, salt, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.id(),
        workspace.value(),
        entry.at(),
        entry.action(),
        entry.targetKind(),
        entry.targetId(),
        entry.outcome(),
        entry.actorKind(),
        entry.actorId(),
        entry.requestId().orElse(null),
        entry.beforeSha256().orElse(null),
        entry.afterSha256().orElse(null),
        entry.address().orElse(null),
        Json.text(new TreeMap<>(entry.detail())),
        salt,
        body);
  }
}
