package io.aragora.workspace.member;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of members, as their persons see and lose them. */
final class MemberPersonStore {
  /** A person as the others in the workspace know them. */
  record Line(String email, String name, String role, String status, Instant joinedAt) {}

  Optional<Line> find(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
        """
        select email, name, role, member.status as standing, joined_at
          from member
          join account using (account_id)
         where workspace_id = ?
           and account_id = ?
        """,
        row ->
            new Line(
                row.text("email"),
                row.text("name"),
                row.text("role"),
                row.text("standing"),
                row.instant("joined_at")),
        workspace.value(),
        account.value());
  }

  void deactivate(Tx tx, WorkspaceId workspace, AccountId account) {
    tx.update(
        """
        update member
           set status = 'DEACTIVATED'
         where workspace_id = ?
           and account_id = ?
           and status = 'ACTIVE'
        """,
        workspace.value(),
        account.value());
  }
}
