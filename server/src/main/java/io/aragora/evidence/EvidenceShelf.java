package io.aragora.evidence;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Names;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keeps attached texts and hands them to debates. */
public final class EvidenceShelf {
  /** The largest text that can be attached, in bytes. */
  public static final long MOST_BYTES = 1_048_576;

  private static final int LONGEST_NAME = 200;

  private final Database database;
  private final InstantSource clock;
  private final AuditLog audit;

  public EvidenceShelf(Database database, InstantSource clock, AuditLog audit) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
  }

  /** Keeps a text under its hash; keeping it again changes nothing. */
  public EvidenceItem keep(WorkspaceId workspace, String sha256, String name, byte[] bytes) {
    String actual = Sha256.of(bytes).hex();
    if (!actual.equals(sha256)) {
      throw Refusal.invalid(
          "/sha256", "mismatch", "the body's SHA-256 is " + actual + ", not " + sha256);
    }
    if (!Names.isPlain(name, LONGEST_NAME)) {
      throw Refusal.of(ErrorCode.INVALID_QUERY, "name must have 1 to 200 printable characters");
    }
    String body = text(bytes);
    var item = new EvidenceItem(sha256, name, bytes.length, clock.instant());
    database.doInTransaction(
        workspace,
        tx -> {
          if (EvidenceStore.keep(tx, workspace, item, body)) {
            audit.append(
                tx, workspace, AuditNote.of("evidence.put", "evidence", sha256).with("name", name));
          }
        });
    return item;
  }

  /** One text with its words. */
  public EvidenceText read(WorkspaceId workspace, String sha256) {
    return database.inTransaction(
        workspace,
        tx ->
            texts(tx, List.of(sha256)).stream()
                .findFirst()
                .orElseThrow(
                    () -> Refusal.of(ErrorCode.NOT_FOUND, "there is no evidence " + sha256)));
  }

  public Page<EvidenceItem> list(WorkspaceId workspace, int limit, Optional<String> cursor) {
    String after = cursor.map(text -> Cursor.decode(text, 1).getFirst()).orElse("");
    List<EvidenceItem> rows =
        database.inTransaction(workspace, tx -> EvidenceStore.page(tx, after, limit + 1));
    return rows.size() <= limit
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, limit), Cursor.encode(rows.get(limit - 1).sha256()));
  }

  /** The texts in the order asked for; those that are not here are missing from the answer. */
  public List<EvidenceText> texts(Tx tx, List<String> sha256s) {
    return sha256s.isEmpty() ? List.of() : EvidenceStore.texts(tx, sha256s);
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank() || text.indexOf('\0') >= 0) {
        throw Refusal.invalid("", "text", "evidence must be text with words in it");
      }
      return text;
    } catch (CharacterCodingException bad) {
      throw Refusal.invalid("", "encoding", "evidence must be UTF-8 text");
    }
  }
}
