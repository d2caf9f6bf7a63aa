package io.aragora.audit;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.Ids;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.observe.DoerScope;
import io.aragora.platform.observe.RequestScope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Writes who did what, in the transaction of the change itself. */
public final class AuditLog {
  /** The action of the entry that lets the words before a time be gone; the time is its target. */
  public static final String ERASE = "audit.erase";

  /** The action of the entry that lets the words about one actor be gone. */
  public static final String FORGET = "audit.forget";

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
    AuditRow row = AuditRow.of(workspace, entry, salt);
    store.insert(tx, row, row.leaf());
  }

  /**
   * Writes that the words of entries from one time to another may go, if there are any; call {@link
   * #eraseWords} until none are left.
   */
  public boolean permitErasing(Tx tx, WorkspaceId workspace, Instant from, Instant before) {
    boolean isDue = store.hasWords(tx, workspace, from, before);
    if (isDue) {
      append(tx, workspace, AuditNote.of(ERASE, "time", before));
    }
    return isDue;
  }

  /** Erases the words of at most {@code most} such entries and tells of how many. */
  public int eraseWords(Tx tx, WorkspaceId workspace, Instant from, Instant before, int most) {
    return store.erase(tx, workspace, from, before, most);
  }

  /**
   * Erases the words of all that an actor did and of what was done to them, and writes that down.
   * What is appended about the actor later has words again: call it last.
   */
  public int forget(Tx tx, WorkspaceId workspace, ActorId actor) {
    append(tx, workspace, AuditNote.of(FORGET, "actor", actor));
    return store.erase(tx, workspace, actor);
  }

  private static String hash(Object state) {
    return Sha256.of(CanonicalJson.bytes(Json.toTree(state))).hex();
  }
}
