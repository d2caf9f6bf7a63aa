package io.aragora.audit.desk;

import io.aragora.audit.AuditRow;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log; writes nothing. */
final class AuditDeskStore {
  /** The columns that {@link #entry} reads, of a table called entry. */
  static final String COLUMNS =
      """
      entry.entry_id, entry.workspace_id, entry.at, entry.action, entry.target_kind,
             entry.target_id, entry.outcome, entry.actor_kind, entry.actor_id, entry.request_id,
             entry.before_sha256, entry.after_sha256, entry.address, entry.detail, entry.salt,
             entry.body""";

  /** An entry and its place, if it has one. */
  record Placed(AuditRow row, Optional<Long> index) {
    AuditLine line() {
      return AuditLine.of(row, index.orElse(null));
    }
  }

  /** Where a page starts: behind the entry of this time and id. */
  record From(Instant at, UUID id) {
    static final From NEWEST =
        new From(
            Instant.parse("9999-12-31T00:00:00Z"),
            UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));
  }

  /** Newest first. */
  List<Placed> page(Tx tx, WorkspaceId workspace, AuditFilter filter, From from, int most) {
    return tx.list(
        """
        select %s, leaf.leaf_index
          from audit_entry as entry
          left join audit_leaf as leaf using (entry_id)
         where workspace_id = ?
           and (at, entry_id) < (?, ?)
           and action = coalesce(?::text, action)
           and actor_id = coalesce(?::uuid, actor_id)
           and target_kind = coalesce(?::text, target_kind)
           and target_id = coalesce(?::text, target_id)
           and outcome = coalesce(?::text, outcome)
           and at >= coalesce(?::timestamptz, '-infinity')
           and at < coalesce(?::timestamptz, 'infinity')
           and strpos(lower(concat_ws(' ', action, target_kind, target_id, address, detail)),
                      lower(coalesce(?::text, ''))) > 0
         order by at desc, entry_id desc
         limit ?
        """
            .formatted(COLUMNS),
        AuditDeskStore::placed,
        workspace.value(),
        from.at(),
        from.id(),
        filter.action(),
        filter.actor(),
        filter.targetKind(),
        filter.targetId(),
        filter.outcome(),
        filter.since(),
        filter.until(),
        filter.text(),
        most);
  }

  Optional<Placed> find(Tx tx, WorkspaceId workspace, UUID entry) {
    return tx.one(
        """
        select %s, leaf.leaf_index
          from audit_entry as entry
          left join audit_leaf as leaf using (entry_id)
         where workspace_id = ?
           and entry_id = ?
        """
            .formatted(COLUMNS),
        AuditDeskStore::placed,
        workspace.value(),
        entry);
  }

  private static Placed placed(Row row) {
    return new Placed(entry(row), row.maybeNumber("leaf_index"));
  }

  static AuditRow entry(Row row) {
    return new AuditRow(
        row.uuid("entry_id"),
        new WorkspaceId(row.uuid("workspace_id")),
        row.instant("at"),
        row.text("action"),
        row.text("target_kind"),
        row.text("target_id"),
        row.text("outcome"),
        row.text("actor_kind"),
        row.uuid("actor_id"),
        row.maybeText("request_id").orElse(null),
        row.maybeText("before_sha256").orElse(null),
        row.maybeText("after_sha256").orElse(null),
        row.maybeText("address").orElse(null),
        row.maybeText("detail").orElse(null),
        orNull(row.maybeBytes("salt")),
        row.bytes("body"));
  }

  private static byte @Nullable [] orNull(Optional<byte[]> bytes) {
    return bytes.orElse(null);
  }
}
