package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.Json;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a request with a key have its effect once: repetitions within a day get the same bytes. A
 * run whose node died may be repeated after its lease, with the same new id.
 */
final class Idempotency {
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration KEPT = Duration.ofHours(24);
  private static final Duration WORTH_ANOTHER_TRY = Duration.ofSeconds(2);
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
    return switch (claim(workspace, wish)) {
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

  private IdempotencyStore.Claim claim(WorkspaceId workspace, IdempotencyStore.Wish wish) {
    var patience = Patience.starting();
    try {
      return database.inTransaction(workspace, tx -> IdempotencyStore.claim(tx, workspace, wish));
    } catch (DatabaseFault unknown) {
      // It may be written although no answer came: it must not keep the repetition waiting.
      if (patience.isLeft()) {
        release(workspace, wish);
      }
      throw unknown;
    }
  }

  private Reply run(WorkspaceId workspace, IdempotencyStore.Wish wish, Supplier<Reply> work) {
    try {
      Reply reply = whole(work.get());
      if (reply.body() instanceof Reply.StreamBody
          || reply.body() instanceof Reply.SecretBody
          || reply.status() >= 500) {
        release(workspace, wish);
      } else {
        keep(workspace, wish, reply);
      }
      return reply;
    } catch (Refusal | JsonFault nothingHappened) {
      boolean unused = written(workspace, tx -> IdempotencyStore.forget(tx, workspace, wish));
      throw nothingHappened;
    } catch (RuntimeException unknown) {
      release(workspace, wish);
      throw unknown;
    }
  }

  private void keep(WorkspaceId workspace, IdempotencyStore.Wish wish, Reply reply) {
    var patience = Patience.starting();
    Consumer<Tx> keep = tx -> IdempotencyStore.keep(tx, workspace, wish, reply);
    boolean kept = written(workspace, keep);
    // What is not kept could be done again.
    kept = kept || (patience.isLeft() && written(workspace, keep));
    if (!kept && patience.isLeft()) {
      release(workspace, wish);
    }
  }

  private void release(WorkspaceId workspace, IdempotencyStore.Wish wish) {
    var patience = Patience.starting();
    Consumer<Tx> release = tx -> IdempotencyStore.release(tx, workspace, wish);
    boolean unused =
        written(workspace, release) || (patience.isLeft() && written(workspace, release));
  }

  /** The reply with its bytes fixed, so that what is kept is what was sent. */
  private static Reply whole(Reply reply) {
    return reply.body() instanceof Reply.JsonBody(Object value)
        ? new Reply(
            reply.status(),
            reply.headers(),
            new Reply.BytesBody("application/json", Json.bytes(value)))
        : reply;
  }

  /** Trying again is for a line that broke; a silent database must not hold up the answer. */
  private record Patience(long end) {
    static Patience starting() {
      return new Patience(System.nanoTime() + WORTH_ANOTHER_TRY.toNanos());
    }

    boolean isLeft() {
      return System.nanoTime() < end;
    }
  }

  /** The answer must go out whether or not this succeeds; if it fails, the lease ends by itself. */
  private boolean written(WorkspaceId workspace, Consumer<Tx> change) {
    try {
      database.doInTransaction(workspace, change);
      return true;
    } catch (DatabaseFault fault) {
      LOG.log(Level.WARNING, "an idempotency key could not be written down: {0}", fault.kind());
      return false;
    }
  }
}
