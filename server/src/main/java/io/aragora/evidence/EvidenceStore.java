package io.aragora.evidence;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.util.List;

/** Keeps attached texts; the same bytes are kept once. */
final class EvidenceStore {
  private EvidenceStore() {}

  /** Whether it was not here yet. */
  static boolean keep(Tx tx, WorkspaceId workspace, EvidenceItem item, String body) {
    return tx.update(
            """
        insert into evidence (workspace_id, sha256, name, body, size_bytes, created_at)
        values (?, ?, ?, ?, ?, ?)
            on conflict on constraint evidence_pk do nothing
        """,
            workspace.value(),
            item.sha256(),
            item.name(),
            body,
            item.sizeBytes(),
            item.createdAt())
        == 1;
  }

  static List<EvidenceItem> page(Tx tx, String after, int limit) {
    return tx.list(
        """
        select sha256, name, size_bytes, created_at
          from evidence
         where sha256 > ?
         order by sha256
         limit ?
        """,
        EvidenceStore::item,
        after,
        limit);
  }

  /** The texts in the order asked for; those that are not here are missing from the answer. */
  static List<EvidenceText> texts(Tx tx, List<String> sha256s) {
    List<EvidenceText> found =
        tx.list(
            """
            select sha256, name, body
              from evidence
             where sha256 = any(?)
            """,
            row -> new EvidenceText(row.text("sha256"), row.text("name"), row.text("body")),
            (Object) sha256s.toArray(String[]::new));
    return sha256s.stream()
        .flatMap(wanted -> found.stream().filter(text -> text.sha256().equals(wanted)))
        .toList();
  }

  private static EvidenceItem item(Row row) {
    return new EvidenceItem(
        row.text("sha256"), row.text("name"), row.number("size_bytes"), row.instant("created_at"));
  }
}
