package io.aragora.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the audit log that are about one person. */
final class AuditPersonStore {
  private AuditPersonStore() {}

  /** An entry without its salt. */
  record Line(
      UUID entryId,
      Instant at,
      String action,
      String targetKind,
      String targetId,
      String outcome,
      @Nullable String address,
      @Nullable JsonNode detail) {}

  static List<Line> list(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select entry_id, at, action, target_kind, target_id, outcome, address, detail
          from audit_entry
         where workspace_id = ?
           and actor_id = ?
         order by at desc, entry_id desc
         limit ?
        """,
        row ->
            new Line(
                row.uuid("entry_id"),
                row.instant("at"),
                row.text("action"),
                row.text("target_kind"),
                row.text("target_id"),
                row.text("outcome"),
                row.maybeText("address").orElse(null),
                row.maybeText("detail").map(Json::tree).orElse(null)),
        workspace.value(),
        account.value(),
        PersonalData.MOST);
  }
}
