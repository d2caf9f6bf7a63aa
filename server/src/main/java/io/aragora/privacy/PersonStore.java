package io.aragora.privacy;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads where a person stands; others write those rows. */
final class PersonStore {
  /** A membership, with the account it is of. */
  record Standing(boolean isErased, boolean isActive, boolean isOwner) {}

  /** Nobody changes the account until this transaction ends. Locked before any workspace. */
  Optional<String> lockAccount(Tx tx, AccountId account) {
    return tx.one(
        """
        select email
          from account
         where account_id = ?
           for update
        """,
        row -> row.text("email"),
        account.value());
  }

  /** Those who may take an owner away pass one by one. */
  void lockWorkspace(Tx tx, WorkspaceId workspace) {
    tx.list(
        """
        select workspace_id
          from workspace
         where workspace_id = ?
           for update
        """,
        row -> row.uuid("workspace_id"),
        workspace.value());
  }

  Optional<Standing> standing(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
        """
        select account.status = 'ERASED' as erased,
               member.status = 'ACTIVE' as active,
               role = 'owner' as owner
          from member
          join account using (account_id)
         where workspace_id = ?
           and account_id = ?
        """,
        row -> new Standing(row.flag("erased"), row.flag("active"), row.flag("owner")),
        workspace.value(),
        account.value());
  }

  boolean hasOtherOwner(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
            """
            select exists (
                     select
                       from member
                       join account using (account_id)
                      where workspace_id = ?
                        and account_id <> ?
                        and role = 'owner'
                        and member.status = 'ACTIVE'
                        and account.status = 'ACTIVE') as found
            """,
            row -> row.flag("found"),
            workspace.value(),
            account.value())
        .orElse(false);
  }

  /** Every workspace the person is or was in, in the order in which they are to be locked. */
  List<WorkspaceId> workspaces(Tx tx, AccountId account) {
    return tx.list(
        """
        select workspace_id
          from member
         where account_id = ?
         order by workspace_id
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        account.value());
  }

  /** Whoever runs the appliance is needed though no other workspace has them. */
  boolean isNeededElsewhere(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
            """
            select exists (
                     select
                       from member
                      where account_id = ?
                        and workspace_id <> ?
                        and status = 'ACTIVE')
                or exists (
                     select
                       from account
                      where account_id = ?
                        and is_operator) as found
            """,
            row -> row.flag("found"),
            account.value(),
            workspace.value(),
            account.value())
        .orElse(false);
  }

  /** Whether this reader's last export of this person is already in the audit log. */
  boolean isNoted(Tx tx, WorkspaceId workspace, ActorId reader, AccountId account, Instant since) {
    return tx.one(
            """
            select exists (
                     select
                       from audit_entry
                      where workspace_id = ?
                        and actor_id = ?
                        and action = 'people.export'
                        and target_id = ?
                        and at > ?) as found
            """,
            row -> row.flag("found"),
            workspace.value(),
            reader.value(),
            account.toString(),
            since)
        .orElse(false);
  }
}
