package io.aragora.platform.http.server;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The rows behind idempotency keys. */
final class IdempotencyStore {
  private IdempotencyStore() {}

  /** What a request would write: its key, its print, the id and lease it would have, and now. */
  record Wish(String key, String print, UUID newId, UUID lease, Instant now) {}

  /** How a claim ended. */
  sealed interface Claim {}

  /** The caller may run, and gives {@code newId} to what it makes. */
  record Mine(UUID newId) implements Claim {}

  /** It ran before and came to this. */
  record Done(Reply reply) implements Claim {}

  /** Somebody runs it now. */
  record Running() implements Claim {}

  /** The key belongs to another request. */
  record Other() implements Claim {}

  static Claim claim(Tx tx, WorkspaceId workspace, Wish wish) {
    tx.update(
        """
        delete from idempotency_key
         where workspace_id = ?
           and expires_at <= ?
        """,
        workspace.value(),
        wish.now());
    return tx.one(
            """
            insert into idempotency_key as present
                   (workspace_id, key, print, new_id, lease, lease_until, expires_at)
            values (?, ?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, key) do update
               set lease = excluded.lease,
                   lease_until = excluded.lease_until
             where present.status is null
               and present.print = excluded.print
               and present.lease_until <= ?
            returning new_id
            """,
            row -> row.uuid("new_id"),
            workspace.value(),
            wish.key(),
            wish.print(),
            wish.newId(),
            wish.lease(),
            wish.now().plus(Idempotency.LEASE),
            wish.now().plus(Idempotency.KEPT),
            wish.now())
        .<Claim>map(Mine::new)
        .orElseGet(() -> found(tx, workspace, wish));
  }

  private static Claim found(Tx tx, WorkspaceId workspace, Wish wish) {
    return tx.one(
            """
            select print, status, headers, media_type, body
              from idempotency_key
             where workspace_id = ?
               and key = ?
            """,
            row -> read(row, wish),
            workspace.value(),
            wish.key())
        // Forgotten between the two statements: whoever ran it just ended.
        .orElseGet(Running::new);
  }

  private static Claim read(Row row, Wish wish) {
    if (!row.text("print").equals(wish.print())) {
      return new Other();
    }
    return row.maybeNumber("status")
        .<Claim>map(status -> new Done(reply(row, Math.toIntExact(status))))
        .orElseGet(Running::new);
  }

  private static Reply reply(Row row, int status) {
    Map<String, String> headers =
        Json.mapper()
            .convertValue(
                Json.tree(row.text("headers")), new TypeReference<Map<String, String>>() {});
    Reply.Body body =
        row.maybeText("media_type")
            .<Reply.Body>map(type -> new Reply.BytesBody(type, row.bytes("body")))
            .orElseGet(Reply.NoBody::new);
    return new Reply(status, headers, body);
  }

  /** Keeps the answer, if the lease is still ours. */
  static void keep(Tx tx, WorkspaceId workspace, Wish wish, Reply reply) {
    var bytes = reply.body() instanceof Reply.BytesBody body ? body : null;
    tx.update(
        """
        update idempotency_key
           set status = ?, headers = ?, media_type = ?, body = ?
         where workspace_id = ?
           and key = ?
           and lease = ?
        """,
        reply.status(),
        Json.text(new TreeMap<>(reply.headers())),
        bytes == null ? null : bytes.mediaType(),
        bytes == null ? null : bytes.bytes(),
        workspace.value(),
        wish.key(),
        wish.lease());
  }

  /** Lets the next repetition run at once, with the same new id. */
  static void release(Tx tx, WorkspaceId workspace, Wish wish) {
    tx.update(
        """
        update idempotency_key
           set lease_until = ?
         where workspace_id = ?
           and key = ?
           and lease = ?
        """,
        wish.now(),
        workspace.value(),
        wish.key(),
        wish.lease());
  }

  /** Nothing happened under this key: it is free for another request. */
  static void forget(Tx tx, WorkspaceId workspace, Wish wish) {
    tx.update(
        """
        delete from idempotency_key
         where workspace_id = ?
           and key = ?
           and lease = ?
        """,
        workspace.value(),
        wish.key(),
        wish.lease());
  }
}
