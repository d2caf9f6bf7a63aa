package io.aragora.audit;

import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The SQL of the audit log's tree, and the right to be the one who numbers and signs it. */
final class AuditTreeStore {
  // Any constant will do, as long as nothing else in this database locks the same one.
  private static final long SEQUENCER = 0x61756469742d6864L;

  /** How the log stands: whether entries wait, how many have a place, and its newest head. */
  record State(boolean hasWaiting, long size, Optional<byte[]> note) {}

  /** Makes this transaction the only sequencer; false means another one is at work. */
  boolean tryLead(Tx tx) {
    return tx.one("select pg_try_advisory_xact_lock(?) as led", row -> row.flag("led"), SEQUENCER)
        .orElseThrow();
  }

  State state(Tx tx) {
    return tx.one(
            """
            select exists (select from audit_pending) as has_waiting,
                   coalesce((select max(leaf_index) + 1 from audit_leaf), 0) as size,
                   (select note from audit_checkpoint order by tree_size desc limit 1) as note
            """,
            row -> new State(row.flag("has_waiting"), row.number("size"), row.maybeBytes("note")))
        .orElseThrow();
  }

  /** How many entries have their place, and how many wait. */
  record Length(long leaves, long waiting) {}

  Length length(Tx tx) {
    return tx.one(
            """
            select coalesce((select max(leaf_index) + 1 from audit_leaf), 0) as leaves,
                   (select count(*) from audit_pending) as waiting
            """,
            row -> new Length(row.number("leaves"), row.number("waiting")))
        .orElseThrow();
  }

  Optional<byte[]> newestNote(Tx tx) {
    return tx.one(
        """
        select note
          from audit_checkpoint
         order by tree_size desc
         limit 1
        """,
        row -> row.bytes("note"));
  }

  /** Gives waiting entries the next places, in the order of their ids, and tells how many. */
  int number(Tx tx, int most) {
    return tx.update(
        """
        with head as (
             select coalesce(max(leaf_index) + 1, 0) as next
               from audit_leaf),
        taken as (
             delete
               from audit_pending
              where entry_id in (select entry_id
                                   from audit_pending
                                  order by entry_id
                                  limit ?)
          returning entry_id, leaf_hash)
        insert into audit_leaf (leaf_index, entry_id, leaf_hash)
        select head.next + row_number() over (order by taken.entry_id) - 1, taken.entry_id,
               taken.leaf_hash
          from taken
         cross join head
         -- One that has its place already does not get another.
         where not exists (select
                             from audit_leaf
                            where audit_leaf.entry_id = taken.entry_id)
        """,
        most);
  }

  List<Sha256> hashes(Tx tx, int level, long from, int count) {
    if (level == 0) {
      return tx.list(
          """
          select leaf_hash as hash
            from audit_leaf
           where leaf_index >= ?
             and leaf_index < ?
           order by leaf_index
          """,
          AuditTreeStore::hash,
          from,
          from + count);
    }
    return tx.list(
        """
        select hash
          from audit_node
         where tile_level = ?
           and node_index >= ?
           and node_index < ?
         order by node_index
        """,
        AuditTreeStore::hash,
        level,
        from,
        from + count);
  }

  void addNodes(Tx tx, int level, long from, List<Sha256> hashes) {
    tx.batch(
        """
        insert into audit_node (tile_level, node_index, hash)
        values (?, ?, ?)
            on conflict do nothing
        """,
        IntStream.range(0, hashes.size())
            .mapToObj(at -> new @Nullable Object[] {level, from + at, hashes.get(at).bytes()})
            .toList());
  }

  void addCheckpoint(Tx tx, long size, byte[] note) {
    tx.update(
        """
        insert into audit_checkpoint (tree_size, checkpoint_no, note)
        select ?, coalesce(max(checkpoint_no), 0) + 1, ?
          from audit_checkpoint
        """,
        size,
        note);
  }

  Optional<Long> index(Tx tx, UUID entry) {
    return tx.one(
        """
        select leaf_index
          from audit_leaf
         where entry_id = ?
        """,
        row -> row.number("leaf_index"),
        entry);
  }

  private static Sha256 hash(Row row) {
    return Sha256.ofDigest(row.bytes("hash"));
  }
}
