package io.aragora.transparency;

import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Merkle;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The SQL of leaves and of the subtree hashes kept over them. */
final class LeafStore {
  /** Where a receipt's leaf stands. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Place(long originNo, long index, byte[] entry) {}

  /** A leaf as it is kept: what was hashed, and what it came to. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Kept(long index, Sha256 hash, byte[] entry) {}

  /** Takes the next index and writes the leaf there, in one statement; empty when closed. */
  Optional<Leaf> append(Tx tx, LeafEntry entry, WorkspaceId workspace, byte[] salt) {
    return tx.one(
        """
        with head as (
             update log_origin
                set size = size + 1
              where origin_no = (select max(origin_no) from log_origin)
                and closed_because is null
          returning origin_no, name, size - 1 as leaf_index),
        leaf as (
             insert into log_leaf (origin_no, leaf_index, leaf_hash, entry, receipt_id)
             select origin_no, leaf_index, ?, ?, ?
               from head
          returning leaf_index, receipt_id),
        blind as (
             insert into log_blind (receipt_id, workspace_id, salt)
             select receipt_id, ?, ?
               from leaf)
        select name, leaf_index
          from head
          join leaf using (leaf_index)
        """,
        row -> new Leaf(row.text("name"), row.number("leaf_index"), entry),
        entry.hash().bytes(),
        entry.bytes(),
        entry.receiptId().value(),
        workspace.value(),
        salt);
  }

  /** Writes the entry that links an origin to the one before, as its first leaf. */
  void appendLink(Tx tx, long originNo, byte[] entry) {
    tx.update(
        """
        insert into log_leaf (origin_no, leaf_index, leaf_hash, entry)
        values (?, 0, ?, ?)
        """,
        originNo,
        Merkle.leaf(entry).bytes(),
        entry);
    resize(tx, originNo);
  }

  /** Enters leaves of one origin again in another, from an index on. */
  void carry(Tx tx, long from, long fromIndex, long to) {
    tx.update(
        """
        insert into log_leaf (origin_no, leaf_index, leaf_hash, entry, receipt_id)
        select ?, next.size + row_number() over (order by leaf_index) - 1, leaf_hash, entry,
               receipt_id
          from log_leaf
         cross join (select size from log_origin where origin_no = ?) as next
         where origin_no = ?
           and leaf_index >= ?
           and receipt_id is not null
        """,
        to,
        to,
        from,
        fromIndex);
    resize(tx, to);
  }

  List<Sha256> hashes(Tx tx, long originNo, int level, long from, int count) {
    if (level == 0) {
      return tx.list(
          """
            select leaf_hash as hash
              from log_leaf
             where origin_no = ?
               and leaf_index >= ?
               and leaf_index < ?
          order by leaf_index
          """,
          LeafStore::hash,
          originNo,
          from,
          from + count);
    }
    return tx.list(
        """
          select hash
            from log_node
           where origin_no = ?
             and tile_level = ?
             and node_index >= ?
             and node_index < ?
        order by node_index
        """,
        LeafStore::hash,
        originNo,
        level,
        from,
        from + count);
  }

  List<byte[]> entries(Tx tx, long originNo, long from, int count) {
    return tx.list(
        """
          select entry
            from log_leaf
           where origin_no = ?
             and leaf_index >= ?
             and leaf_index < ?
        order by leaf_index
        """,
        row -> row.bytes("entry"),
        originNo,
        from,
        from + count);
  }

  /** Leaves from an index on, in their order. */
  List<Kept> rows(Tx tx, long originNo, long from, int most) {
    return tx.list(
        """
          select leaf_index, leaf_hash as hash, entry
            from log_leaf
           where origin_no = ?
             and leaf_index >= ?
        order by leaf_index
           limit ?
        """,
        row -> new Kept(row.number("leaf_index"), hash(row), row.bytes("entry")),
        originNo,
        from,
        most);
  }

  /** Writes neighbours of one level; they may be there already after an interrupted reopening. */
  void addNodes(Tx tx, long originNo, int level, long from, List<Sha256> hashes) {
    tx.batch(
        """
        insert into log_node (origin_no, tile_level, node_index, hash)
        values (?, ?, ?, ?)
            on conflict do nothing
        """,
        IntStream.range(0, hashes.size())
            .mapToObj(
                at -> new @Nullable Object[] {originNo, level, from + at, hashes.get(at).bytes()})
            .toList());
  }

  /** The newest place of a receipt: a reopened log may have entered it again. */
  Optional<Place> place(Tx tx, ReceiptId receipt) {
    return tx.one(
        """
          select origin_no, leaf_index, entry
            from log_leaf
           where receipt_id = ?
        order by origin_no desc
           limit 1
        """,
        row -> new Place(row.number("origin_no"), row.number("leaf_index"), row.bytes("entry")),
        receipt.value());
  }

  private static void resize(Tx tx, long originNo) {
    tx.update(
        """
        update log_origin
           set size = (select count(*) from log_leaf where log_leaf.origin_no = ?)
         where origin_no = ?
        """,
        originNo,
        originNo);
  }

  private static Sha256 hash(Row row) {
    return Sha256.ofDigest(row.bytes("hash"));
  }
}
