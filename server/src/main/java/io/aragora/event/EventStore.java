package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The streams and their events: appended under the stream's lock, never changed. */
final class EventStore {
  /** Where a stream stands. */
  record Stream(long lastSeq, String headHash, boolean closed) {}

  /** Locks the stream until the transaction ends, so that order of commit is order of seq. */
  Optional<Stream> lock(Tx tx, DebateId debate) {
    return tx.one(
        """
        select last_seq, head_hash, closed
          from debate_stream
         where debate_id = ?
           for update
        """,
        EventStore::stream,
        debate.value());
  }

  void open(Tx tx, WorkspaceId workspace, DebateId debate, String firstHash) {
    tx.update(
        """
        insert into debate_stream (debate_id, workspace_id, last_seq, head_hash, closed)
        values (?, ?, 0, ?, false)
            on conflict (debate_id) do nothing
        """,
        debate.value(),
        workspace.value(),
        firstHash);
  }

  /**
   * Adds events behind {@code place}, moves the head and tells who listens to {@code subject}, in
   * one statement; false when the stream does not end there.
   */
  boolean append(
      Tx tx, DebateId debate, StreamPlace place, List<StoredEvent> events, String subject) {
    StoredEvent last = events.getLast();
    return !tx.list(
            """
            with head as (
              update debate_stream
                 set last_seq = ?, head_hash = ?, closed = ?
               where debate_id = ?
                 and last_seq = ?
                 and head_hash = ?
                 and not closed
              returning debate_id, workspace_id),
            added as (
              insert into debate_event (debate_id, seq, workspace_id, type, at, body, hash)
              select debate_id, ? + place, workspace_id, type, ?, body, hash
                from head,
                     unnest(?::text[], ?::text[], ?::text[])
                       with ordinality as event (type, body, hash, place))
            select pg_notify(?, ?) is null as rung
              from head
            """,
            row -> row.flag("rung"),
            last.seq(),
            last.hash(),
            last.isLast(),
            debate.value(),
            place.seq(),
            place.hash(),
            place.seq(),
            last.at(),
            column(events, StoredEvent::type),
            column(events, StoredEvent::body),
            column(events, StoredEvent::hash),
            Doorbell.CHANNEL,
            subject)
        .isEmpty();
  }

  List<StoredEvent> after(Tx tx, DebateId debate, long seq, int most) {
    return tx.list(
        """
        select seq, type, at, body, hash
          from debate_event
         where debate_id = ?
           and seq > ?
         order by seq
         limit ?
        """,
        EventStore::event,
        debate.value(),
        seq,
        most);
  }

  List<String> hashes(Tx tx, DebateId debate) {
    return tx.list(
        """
        select hash
          from debate_event
         where debate_id = ?
         order by seq
        """,
        row -> row.text("hash"),
        debate.value());
  }

  /** Where a stream stands, without locking it. */
  Optional<Stream> look(Tx tx, DebateId debate) {
    return tx.one(
        """
        select last_seq, head_hash, closed
          from debate_stream
         where debate_id = ?
        """,
        EventStore::stream,
        debate.value());
  }

  private static String[] column(List<StoredEvent> events, Function<StoredEvent, String> part) {
    return events.stream().map(part).toArray(String[]::new);
  }

  private static Stream stream(Row row) {
    return new Stream(row.number("last_seq"), row.text("head_hash"), row.flag("closed"));
  }

  private static StoredEvent event(Row row) {
    Instant at = row.instant("at");
    return new StoredEvent(
        row.number("seq"), row.text("type"), at, row.text("body"), row.text("hash"));
  }
}
