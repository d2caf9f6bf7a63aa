package io.aragora.access.trail;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.util.List;

/** Where a person works. */
final class TrailStore {
  List<WorkspaceId> workspaces(Tx tx, AccountId account) {
    return tx.list(
        """
        select workspace_id
          from member
         where account_id = ?
           and status = 'ACTIVE'
         order by workspace_id
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        account.value());
  }
}
