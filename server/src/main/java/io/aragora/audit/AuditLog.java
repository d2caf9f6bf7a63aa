package io.aragora.audit;

import io.aragora.kernel.Doer;
import io.aragora.kernel.Ids;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.DoerScope;
import io.aragora.platform.observe.RequestScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Writes who did what, in the transaction of the change itself. */
public final class AuditLog {
  private static final int SALT_BYTES = 16;

  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final AuditStore store = new AuditStore();

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public AuditLog(Ids ids, InstantSource clock, RandomGenerator random) {
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /** Writes a note as whoever this thread works for; the transaction must be in the workspace. */
  public void append(Tx tx, WorkspaceId workspace, AuditNote note) {
    append(tx, workspace, note, DoerScope.current());
  }

  /** As {@link #append(Tx, WorkspaceId, AuditNote)}, where the doer is known only now. */
  public void append(Tx tx, WorkspaceId workspace, AuditNote note, Doer doer) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var entry =
        new AuditEntry(
            ids.next(),
            at,
            note.action(),
            note.targetKind(),
            note.targetId(),
            note.outcome().wire(),
            doer.kind().wire(),
            doer.actor().value(),
            RequestScope.requestId(),
            note.before().map(AuditLog::hash),
            note.after().map(AuditLog::hash),
            doer.address(),
            note.detail());
    store.insert(tx, workspace, entry, salt, body(workspace, entry, salt));
  }

  /** What the entry's leaf is made from: commitments stand for what may have to be erased. */
  private static byte[] body(WorkspaceId workspace, AuditEntry entry, byte[] salt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("v", 1);
    body.put("id", entry.id().toString());
    body.put("workspace", commitment(salt, "workspace", workspace.toString()));
    body.put("at", entry.at().toString());
    body.put("action", entry.action());
    body.put("target_kind", entry.targetKind());
    body.put("target_id", entry.targetId());
    body.put("outcome", entry.outcome());
    body.put("actor_kind", entry.actorKind());
    body.put("actor_id", entry.actorId().toString());
    entry.requestId().ifPresent(id -> body.put("request_id", id));
    entry.beforeSha256().ifPresent(hash -> body.put("before_sha256", hash));
    entry.afterSha256().ifPresent(hash -> body.put("after_sha256", hash));
    entry.address().ifPresent(text -> body.put("address", commitment(salt, "address", text)));
    body.put("detail", commitment(salt, "detail", Json.text(new TreeMap<>(entry.detail()))));
    return CanonicalJson.bytes(Json.toTree(body));
  }

  private static String commitment(byte[] salt, String name, String value) {
    return Sha256.of(salt, (name + ":" + value).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String hash(Object state) {
    return Sha256.of(CanonicalJson.bytes(Json.toTree(state))).hex();
  }
}
