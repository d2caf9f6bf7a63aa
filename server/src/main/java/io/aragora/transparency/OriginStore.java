package io.aragora.transparency;

import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of origins and their checkpoints, and the right to be the one sequencer. */
final class OriginStore {
  // Any constant will do, as long as nothing else in this database locks the same one.
  private static final long SEQUENCER = 0x6c6f672d68656164L;

  /** One life of the log under one name. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Origin(
      long no,
      String name,
      long size,
      @Nullable String closedBecause,
      byte @Nullable [] predecessorHead) {
    boolean isOpen() {
      return closedBecause == null;
    }
  }

  /** Makes this transaction the only sequencer; false means another one is at work. */
  boolean tryLead(Tx tx) {
    return tx.one("select pg_try_advisory_xact_lock(?) as led", row -> row.flag("led"), SEQUENCER)
        .orElseThrow();
  }

  void lead(Tx tx) {
    tx.one("select pg_advisory_xact_lock(?)::text as led", row -> true, SEQUENCER);
  }

  void addFirstOrigin(Tx tx, String name) {
    tx.update(
        """
        insert into log_origin (origin_no, name, size)
        select 1, ?, 0
         where not exists (select from log_origin)
            on conflict do nothing
        """,
        name);
  }

  void addNextOrigin(Tx tx, long no, String name, byte @Nullable [] predecessorHead) {
    tx.update(
        """
        insert into log_origin (origin_no, name, size, predecessor_head)
        values (?, ?, 0, ?)
        """,
        no,
        name,
        predecessorHead);
  }

  Optional<Origin> current(Tx tx) {
    return tx.one(
        """
          select origin_no, name, size, closed_because, predecessor_head
            from log_origin
        order by origin_no desc
           limit 1
        """,
        OriginStore::origin);
  }

  /** Every life of the log, oldest first. */
  List<Origin> all(Tx tx) {
    return tx.list(
        """
          select origin_no, name, size, closed_because, predecessor_head
            from log_origin
        order by origin_no
        """,
        OriginStore::origin);
  }

  /** Whether a log of this name was closed and followed by a later one. */
  boolean isLeftBehind(Tx tx, String name, long currentNo) {
    return tx.one(
            """
            select origin_no
              from log_origin
             where name = ?
               and origin_no < ?
            """,
            row -> true,
            name,
            currentNo)
        .isPresent();
  }

  void close(Tx tx, long originNo, String because) {
    tx.update(
        """
        update log_origin
           set closed_because = ?
         where origin_no = ?
        """,
        because,
        originNo);
  }

  Optional<byte[]> newestNote(Tx tx, long originNo) {
    return tx.one(
        """
          select note
            from log_checkpoint
           where origin_no = ?
        order by tree_size desc
           limit 1
        """,
        row -> row.bytes("note"),
        originNo);
  }

  /** Every head signed over an origin, smallest first. */
  List<byte[]> notes(Tx tx, long originNo) {
    return tx.list(
        """
          select note
            from log_checkpoint
           where origin_no = ?
        order by tree_size
        """,
        row -> row.bytes("note"),
        originNo);
  }

  void addCheckpoint(Tx tx, long originNo, long size, byte[] note, Instant now) {
    tx.update(
        """
        insert into log_checkpoint (origin_no, tree_size, note, signed_at)
        values (?, ?, ?, ?)
        """,
        originNo,
        size,
        note,
        now);
  }

  private static Origin origin(Row row) {
    return new Origin(
        row.number("origin_no"),
        row.text("name"),
        row.number("size"),
        row.maybeText("closed_because").orElse(null),
        row.maybeBytes("predecessor_head").orElse(null));
  }
}
