package io.aragora.workspace.member;

import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The rows of members; only this package writes them. */
final class MemberStore {
  /** Where the workspace stands, read under its lock. */
  record Place(boolean isOpen) {}

  /** Locks the workspace: changes to its members come one after the other. */
  Optional<Place> lock(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select erase_at is null as open
          from workspace
         where workspace_id = ?
           for update
        """,
        row -> new Place(row.flag("open")),
        workspace.value());
  }

  /** A member, not one who left. */
  Optional<Member> find(Tx tx, WorkspaceId workspace, AccountId account) {
    return any(tx, workspace, account).filter(member -> !member.status().equals("removed"));
  }

  /** Whoever is or was a member. */
  Optional<Member> any(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
        """
        select account_id, account.email, account.name, member.role, member.status,
               member.joined_at
          from member
          join account using (account_id)
         where workspace_id = ?
           and account_id = ?
        """,
        MemberStore::read,
        workspace.value(),
        account.value());
  }

  /** In the order they joined. */
  List<Member> page(Tx tx, WorkspaceId workspace, Instant after, UUID id, int most) {
    return tx.list(
        """
        select account_id, account.email, account.name, member.role, member.status,
               member.joined_at
          from member
          join account using (account_id)
         where workspace_id = ?
           and member.status <> 'REMOVED'
           and (joined_at, account_id) > (?, ?)
         order by joined_at, account_id
         limit ?
        """,
        MemberStore::read,
        workspace.value(),
        after,
        id,
        most);
  }

  /** Where a person is in, and as what: this transaction must be theirs. */
  List<Membership> of(Tx tx, AccountId account) {
    return tx.list(
        """
        select workspace_id, role
          from member
         where account_id = ?
           and status = 'ACTIVE'
         order by joined_at, workspace_id
        """,
        row ->
            new Membership(
                new WorkspaceId(row.uuid("workspace_id")),
                Role.ofWire(row.text("role")).orElseThrow()),
        account.value());
  }

  /** Adds a person, or takes one back who had left; false for one who is in, or deactivated. */
  boolean join(Tx tx, WorkspaceId workspace, AccountId account, Role role, Instant now) {
    return tx.update(
            """
            insert into member as old (workspace_id, account_id, role, status, joined_at)
            values (?, ?, ?, 'ACTIVE', ?)
                on conflict (workspace_id, account_id) do update
               set role = excluded.role, status = 'ACTIVE', joined_at = excluded.joined_at
             where old.status = 'REMOVED'
            """,
            workspace.value(),
            account.value(),
            role.wire(),
            now)
        == 1;
  }

  void set(Tx tx, WorkspaceId workspace, AccountId account, String role, String status) {
    tx.update(
        """
        update member
           set role = ?, status = ?
         where workspace_id = ?
           and account_id = ?
        """,
        role,
        status.toUpperCase(Locale.ROOT),
        workspace.value(),
        account.value());
  }

  private static Member read(Row row) {
    return new Member(
        row.uuid("account_id"),
        row.text("email"),
        row.text("name"),
        row.text("role"),
        row.text("status").toLowerCase(Locale.ROOT),
        row.instant("joined_at"));
  }
}
