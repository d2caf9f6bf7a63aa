package io.aragora.workspace.invite;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of invites that are about one person. */
final class InvitePersonStore {
  private InvitePersonStore() {}

  /** An invite without its token. */
  record Line(
      UUID inviteId,
      @Nullable String email,
      String role,
      Instant createdAt,
      @Nullable Instant acceptedAt) {}

  static List<Line> list(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select invite_id, email, role, created_at, accepted_at
          from invite
         where workspace_id = ?
           and (accepted_by = ?
                or lower(email) = (select lower(email)
                                     from account
                                    where account_id = ?))
         order by created_at desc
         limit ?
        """,
        row ->
            new Line(
                row.uuid("invite_id"),
                row.maybeText("email").orElse(null),
                row.text("role"),
                row.instant("created_at"),
                row.maybeInstant("accepted_at").orElse(null)),
        workspace.value(),
        account.value(),
        account.value(),
        PersonalData.MOST);
  }

  /** Without its address an open invite would be anybody's: it ends with it. */
  static void erase(Tx tx, WorkspaceId workspace, AccountId account) {
    tx.update(
        """
        update invite
           set email = null,
               revoked_at = case
                              when accepted_at is null then coalesce(revoked_at, now())
                              else revoked_at
                            end
         where workspace_id = ?
           and lower(email) = (select lower(email)
                                 from account
                                where account_id = ?)
        """,
        workspace.value(),
        account.value());
  }
}
