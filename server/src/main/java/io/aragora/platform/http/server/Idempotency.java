package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.JsonFault;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;

/**
 * Lets a request with a key have its effect once: repetitions within a day get the same bytes. A
 * run whose node died may be repeated after its lease, with the same new id.
 */
final class Idempotency {
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration KEPT = Duration.ofHours(24);
  private static final System.Logger LOG = System.getLogger("aragora.http");
  private static final String PRINTABLE = "[\\x21-\\x7e]{1,255}";

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;

  Idempotency(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /** What makes two requests the same: operation, path and body. */
  static String print(Operation operation, String path, byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((operation.id() + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Whether a refusal is what the request came to; a slip may be corrected under the same key. */
  static boolean isResult(ErrorCode code) {
    return switch (code.status()) {
      case 402, 404, 409 -> !code.isRetryable();
      default -> false;
    };
  }

  Reply once(WorkspaceId workspace, String key, String print, Function<UUID, Reply> work) {
    if (!key.matches(PRINTABLE)) {
      throw Refusal.of(
          ErrorCode.INVALID_QUERY, "Idempotency-Key must be 1 to 255 printable characters");
    }
    Instant now = clock.instant();
    var wish = new IdempotencyStore.Wish(key, print, ids.next(), UUID.randomUUID(), now);
    var claim =
        database.inTransaction(workspace, tx -> IdempotencyStore.claim(tx, workspace, wish));
    return switch (claim) {
      case IdempotencyStore.Mine(UUID newId) -> run(workspace, wish, () -> work.apply(newId));
      case IdempotencyStore.Done(Reply reply) -> reply.with("Idempotency-Replayed", "true");
      case IdempotencyStore.Running() ->
          throw Refusal.retryLater(
              ErrorCode.IDEMPOTENCY_RUNNING,
              "the first request with this key is not answered yet",
              Duration.ofSeconds(1));
      case IdempotencyStore.Other() ->
          throw Refusal.of(
              ErrorCode.IDEMPOTENCY_MISMATCH,
              "this key came before with another operation, path or body");
    };
  }

  private Reply run(
      WorkspaceId workspace, IdempotencyStore.Wish wish, java.util.function.Supplier<Reply> work) {
    try {
      Reply reply = whole(work.get());
      if (reply.body() instanceof Reply.StreamBody || reply.status() >= 500) {
        quietly(workspace, tx -> IdempotencyStore.release(tx, workspace, wish));
      } else {
        quietly(workspace, tx -> IdempotencyStore.keep(tx, workspace, wish, reply));
      }
      return reply;
    } catch (Refusal | JsonFault nothingHappened) {
      quietly(workspace, tx -> IdempotencyStore.forget(tx, workspace, wish));
      throw nothingHappened;
    } catch (RuntimeException unknown) {
      quietly(workspace, tx -> IdempotencyStore.release(tx, workspace, wish));
      throw unknown;
    }
  }

  /** The reply with its bytes fixed, so that what is kept is what was sent. */
  private static Reply whole(Reply reply) {
    return reply.body() instanceof Reply.JsonBody(Object value)
        ? new Reply(
            reply.status(),
            reply.headers(),
            new Reply.BytesBody("application/json", io.aragora.platform.json.Json.bytes(value)))
        : reply;
  }

  // The effect is done and its answer must go out; if this fails, the lease ends by itself.
  private void quietly(
      WorkspaceId workspace, java.util.function.Consumer<io.aragora.platform.db.Tx> change) {
    try {
      database.doInTransaction(workspace, change);
    } catch (DatabaseFault fault) {
      LOG.log(Level.WARNING, "an idempotency key could not be written down: {0}", fault.kind());
    }
  }
}
