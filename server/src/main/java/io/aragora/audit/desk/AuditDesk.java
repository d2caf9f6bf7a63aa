package io.aragora.audit.desk;

import io.aragora.audit.AuditRow;
import io.aragora.audit.AuditTree;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Lets those who may read the audit log search it, take it away and check it. */
public final class AuditDesk {
  private static final int EXPORTED_AT_ONCE = 500;
  private static final Duration VERIFY_AGAIN = Duration.ofSeconds(5);

  private final Database database;
  private final AuditTree tree;
  private final AuditDeskStore store = new AuditDeskStore();
  // It reads the whole log: one at a time leaves the others their database.
  private final Semaphore verifying = new Semaphore(1);

  public AuditDesk(Database database, AuditTree tree) {
    this.database = database;
    this.tree = tree;
  }

  /** Newest first. */
  Page<AuditLine> list(
      WorkspaceId workspace, AuditFilter filter, int limit, Optional<String> cursor) {
    AuditDeskStore.From from = cursor.map(AuditDesk::from).orElse(AuditDeskStore.From.NEWEST);
    List<AuditLine> found = page(workspace, filter, from, limit + 1);
    return found.size() <= limit
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, limit), cursor(found.get(limit - 1)));
  }

  /** One entry with its proof. */
  AuditDetail read(WorkspaceId workspace, UUID entry) {
    return database.inTransaction(
        workspace,
        tx -> {
          AuditDeskStore.Placed found =
              store
                  .find(tx, workspace, entry)
                  .orElseThrow(
                      () -> Refusal.of(ErrorCode.NOT_FOUND, "there is no audit entry " + entry));
          byte[] salt = found.row().salt();
          return new AuditDetail(
              found.line(),
              new String(found.row().body(), StandardCharsets.UTF_8),
              salt == null ? null : HexFormat.of().formatHex(salt),
              tree.proof(tx, entry).orElse(null));
        });
  }

  /** All entries asked for, newest first; a slow reader keeps no transaction open. */
  Reply.Writer export(WorkspaceId workspace, AuditFilter filter, AuditExport form) {
    List<AuditLine> first = page(workspace, filter, AuditDeskStore.From.NEWEST, EXPORTED_AT_ONCE);
    return out -> {
      write(out, form.head());
      List<AuditLine> lines = first;
      while (!lines.isEmpty()) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(form.line(line)));
        write(out, text.toString());
        AuditLine last = lines.getLast();
        lines =
            lines.size() < EXPORTED_AT_ONCE
                ? List.of()
                : page(
                    workspace,
                    filter,
                    new AuditDeskStore.From(last.at(), last.id()),
                    EXPORTED_AT_ONCE);
      }
    };
  }

  /**
   * Checks the log with this workspace's entries in it; entries of others are only looked for. At
   * most one check runs on a node.
   */
  AuditVerdict verify(WorkspaceId workspace) {
    if (!verifying.tryAcquire()) {
      throw Refusal.retryLater(
          ErrorCode.TOO_MANY_REQUESTS, "the audit log is being verified already", VERIFY_AGAIN);
    }
    try {
      // What was written just now gets its place first, and a head a crash kept back is stored.
      tree.publish();
      var rules = new SignedHeads.Rules(tree.origin(), tree.trusted(), tree.keptHead());
      return check(database, rules, row -> row.workspace().equals(workspace));
    } finally {
      verifying.release();
    }
  }

  /** Checks the whole log of an appliance with these keys; {@code kept} is its last signed head. */
  public static AuditVerdict verify(Database database, PublicKeys keys, Optional<byte[]> kept) {
    var rules =
        new SignedHeads.Rules(
            AuditTree.originOf(keys.logName()), keys.keys(KeyPurpose.CHECKPOINT), kept);
    return check(database, rules, row -> true);
  }

  /** The newest signed head. */
  byte[] checkpoint() {
    return tree.checkpointNote()
        .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "no head has been signed yet"));
  }

  private static AuditVerdict check(
      Database database, SignedHeads.Rules rules, Predicate<AuditRow> judged) {
    return database.inAuditTransaction(tx -> new AuditCheck(tx, rules, judged).run());
  }

  private List<AuditLine> page(
      WorkspaceId workspace, AuditFilter filter, AuditDeskStore.From from, int most) {
    return database
        .inTransaction(workspace, tx -> store.page(tx, workspace, filter, from, most))
        .stream()
        .map(AuditDeskStore.Placed::line)
        .toList();
  }

  private static String cursor(AuditLine last) {
    return Cursor.encode(last.at().toString(), last.id().toString());
  }

  private static AuditDeskStore.From from(String cursor) {
    List<String> parts = Cursor.decode(cursor, 2);
    return new AuditDeskStore.From(
        Instant.parse(parts.getFirst()), UUID.fromString(parts.getLast()));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
