package io.aragora.audit;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import java.time.Instant;

/** The rows of the audit log. */
final class AuditStore {
  /** Writes an entry and that it waits for its place in the tree, in one statement. */
  void insert(Tx tx, AuditRow row, Sha256 leaf) {
    tx.update(
        """
        with entry as (
             insert into audit_entry
                    (entry_id, workspace_id, at, action, target_kind, target_id, outcome,
                     actor_kind, actor_id, request_id, before_sha256, after_sha256, address, detail,
                     salt, body)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          returning entry_id)
        insert into audit_pending (entry_id, leaf_hash)
        select entry_id, ?
          from entry
        """,
        row.id(),
        row.workspace().value(),
        row.at(),
        row.action(),
        row.targetKind(),
        row.targetId(),
        row.outcome(),
        row.actorKind(),
        row.actorId(),
        row.requestId(),
        row.beforeSha256(),
        row.afterSha256(),
        row.address(),
        row.detail(),
        row.salt(),
        row.body(),
        leaf.bytes());
  }

  boolean hasWords(Tx tx, WorkspaceId workspace, Instant from, Instant before) {
    return tx.one(
            """
            select exists (select
                             from audit_entry
                            where workspace_id = ?
                              and at >= ?
                              and at < ?
                              and salt is not null) as found
            """,
            row -> row.flag("found"),
            workspace.value(),
            from,
            before)
        .orElse(false);
  }

  /** Erases the words of at most {@code most} entries of a time, and tells how many had any. */
  int erase(Tx tx, WorkspaceId workspace, Instant from, Instant before, int most) {
    return tx.update(
        """
        update audit_entry
           set address = null, detail = null, salt = null
         where entry_id in (select entry_id
                              from audit_entry
                             where workspace_id = ?
                               and at >= ?
                               and at < ?
                               and salt is not null
                             limit ?)
        """,
        workspace.value(),
        from,
        before,
        most);
  }

  /** Erases the words of what one actor did, and of what was done to them. */
  int erase(Tx tx, WorkspaceId workspace, ActorId actor) {
    return tx.update(
        """
        update audit_entry
           set address = null, detail = null, salt = null
         where workspace_id = ?
           and (actor_id = ? or target_id = ?)
           and salt is not null
        """,
        workspace.value(),
        actor.value(),
        actor.toString());
  }
}
