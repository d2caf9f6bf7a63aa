package io.aragora.access.session;

import io.aragora.access.Person;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads who a person is and where they are a member; others write those rows. */
final class PersonStore {

  boolean isActive(Tx tx, AccountId account) {
    return tx.one(
            """
            select account_id
              from account
             where account_id = ?
               and status = 'ACTIVE'
            """,
            row -> row.uuid("account_id"),
            account.value())
        .isPresent();
  }

  /** The role of an active member. */
  Optional<String> role(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
        """
        select role
          from member
         where workspace_id = ?
           and account_id = ?
           and status = 'ACTIVE'
        """,
        row -> row.text("role"),
        workspace.value(),
        account.value());
  }

  /** All workspaces a person is an active member of, as many as anybody should be in. */
  List<WorkspaceId> workspaces(Tx tx, AccountId account) {
    return tx.list(
        """
        select workspace_id
          from member
         where account_id = ?
           and status = 'ACTIVE'
         order by joined_at, workspace_id
         limit 50
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        account.value());
  }

  /** Where the person worked last, else the workspace they joined first. */
  Optional<WorkspaceId> lastWorkspace(Tx tx, AccountId account) {
    return tx.one(
        """
        select m.workspace_id
          from member as m
         where m.account_id = ?
           and m.status = 'ACTIVE'
         order by m.workspace_id = (select s.workspace_id
                                      from session as s
                                     where s.account_id = m.account_id
                                       and s.workspace_id is not null
                                     order by s.created_at desc
                                     limit 1) desc nulls last,
                  m.joined_at,
                  m.workspace_id
         limit 1
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        account.value());
  }

  /** The person without their workspaces. */
  Optional<Person> person(Tx tx, UUID session) {
    return tx.one(
        """
        select a.account_id, a.email, a.name, a.is_operator, s.session_id, s.expires_at
          from session as s
          join account as a on a.account_id = s.account_id
         where s.session_id = ?
        """,
        row ->
            new Person(
                row.uuid("account_id"),
                row.text("email"),
                row.text("name"),
                row.flag("is_operator"),
                null,
                row.uuid("session_id"),
                null,
                row.instant("expires_at"),
                List.of()),
        session);
  }

  /** A membership; the transaction must be in its workspace. */
  Optional<Person.Membership> membership(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
        """
        select w.workspace_id, w.name, m.role
          from workspace as w
          join member as m on m.workspace_id = w.workspace_id
         where w.workspace_id = ?
           and m.account_id = ?
           and m.status = 'ACTIVE'
        """,
        row -> new Person.Membership(row.uuid("workspace_id"), row.text("name"), row.text("role")),
        workspace.value(),
        account.value());
  }
}
