package io.aragora.audit.desk;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditRow;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads all that has to fit together for the audit log to be whole. */
final class AuditCheckStore {
  /** A place in the log, and the entry that stands there if it can be found. */
  record Leaf(long index, UUID entry, Sha256 hash, Optional<AuditRow> row) {}

  /** An entry without a place, and the hash under which it waits for one. */
  record Unplaced(AuditRow row, Optional<Sha256> waiting) {}

  /** A signed head as it is kept. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Head(long size, long number, byte[] note) {}

  /** What an entry lets be erased: words before a time, or about an actor. */
  record Permit(WorkspaceId workspace, String action, String target, Instant at) {}

  long size(Tx tx) {
    return tx.one(
            """
            select coalesce(max(leaf_index) + 1, 0) as size
              from audit_leaf
            """,
            row -> row.number("size"))
        .orElseThrow();
  }

  List<Leaf> leaves(Tx tx, long from, int count) {
    return tx.list(
        """
        select leaf.leaf_index, leaf.leaf_hash, leaf.entry_id as leaf_entry,
               %s
          from audit_leaf as leaf
          left join audit_entry as entry using (entry_id)
         where leaf_index >= ?
           and leaf_index < ?
         order by leaf_index
        """
            .formatted(AuditDeskStore.COLUMNS),
        row ->
            new Leaf(
                row.number("leaf_index"),
                row.uuid("leaf_entry"),
                hash(row, "leaf_hash"),
                row.maybeUuid("workspace_id").map(there -> AuditDeskStore.entry(row))),
        from,
        from + count);
  }

  /** Entries that stand nowhere in the log, in the order of their ids. */
  List<Unplaced> unplaced(Tx tx, UUID after, int most) {
    return tx.list(
        """
        select %s,
               pending.leaf_hash as waiting
          from audit_entry as entry
          left join audit_leaf as leaf using (entry_id)
          left join audit_pending as pending using (entry_id)
         where leaf.entry_id is null
           and entry.entry_id > ?
         order by entry.entry_id
         limit ?
        """
            .formatted(AuditDeskStore.COLUMNS),
        row ->
            new Unplaced(
                AuditDeskStore.entry(row), row.maybeBytes("waiting").map(Sha256::ofDigest)),
        after,
        most);
  }

  /** What waits for a place although there is no such entry. */
  Optional<UUID> waitingForNothing(Tx tx) {
    return tx.one(
        """
        select pending.entry_id
          from audit_pending as pending
          left join audit_entry as entry using (entry_id)
         where entry.entry_id is null
         order by pending.entry_id
         limit 1
        """,
        row -> row.uuid("entry_id"));
  }

  List<Head> heads(Tx tx, long above, int most) {
    return tx.list(
        """
        select tree_size, checkpoint_no, note
          from audit_checkpoint
         where tree_size > ?
         order by tree_size
         limit ?
        """,
        row -> new Head(row.number("tree_size"), row.number("checkpoint_no"), row.bytes("note")),
        above,
        most);
  }

  long newestHead(Tx tx) {
    return tx.one(
            """
            select coalesce(max(tree_size), 0) as size
              from audit_checkpoint
            """,
            row -> row.number("size"))
        .orElseThrow();
  }

  List<Sha256> nodes(Tx tx, int level, long from, int count) {
    return tx.list(
        """
        select hash
          from audit_node
         where tile_level = ?
           and node_index >= ?
           and node_index < ?
         order by node_index
        """,
        row -> hash(row, "hash"),
        level,
        from,
        from + count);
  }

  long countNodes(Tx tx, int level) {
    return tx.one(
            """
            select count(*) as nodes
              from audit_node
             where tile_level = ?
            """,
            row -> row.number("nodes"),
            level)
        .orElseThrow();
  }

  List<Permit> permits(Tx tx) {
    return tx.list(
        """
        select workspace_id, action, target_id, max(at) as at
          from audit_entry
         where action in (?, ?)
         group by workspace_id, action, target_id
        """,
        row ->
            new Permit(
                new WorkspaceId(row.uuid("workspace_id")),
                row.text("action"),
                row.text("target_id"),
                row.instant("at")),
        AuditLog.ERASE,
        AuditLog.FORGET);
  }

  private static Sha256 hash(Row row, String column) {
    return Sha256.ofDigest(row.bytes(column));
  }
}
