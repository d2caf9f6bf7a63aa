package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of accounts. */
final class AccountStore {

  void insert(Tx tx, NewAccount account, Email email, Instant now) {
    tx.update(
        """
        insert into account
               (account_id, email, email_key, name, password_hash, password_changed_at, status,
                is_operator, created_at)
        values (?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?)
        """,
        account.id().value(),
        email.written(),
        email.key(),
        account.name(),
        account.passwordHash().orElse(null),
        account.passwordHash().isPresent() ? now : null,
        account.operator(),
        now);
  }

  Optional<Credentials> byKey(Tx tx, String emailKey) {
    return tx.one(
        """
        select account_id, email, name, status, is_operator, password_hash
          from account
         where email_key = ?
        """,
        AccountStore::read,
        emailKey);
  }

  Optional<Credentials> byId(Tx tx, AccountId account) {
    return tx.one(
        """
        select account_id, email, name, status, is_operator, password_hash
          from account
         where account_id = ?
        """,
        AccountStore::read,
        account.value());
  }

  /** As {@link #byId}, and nobody changes it before this transaction ends. */
  Optional<Credentials> lock(Tx tx, AccountId account) {
    return tx.one(
        """
        select account_id, email, name, status, is_operator, password_hash
          from account
         where account_id = ?
           for update
        """,
        AccountStore::read,
        account.value());
  }

  /** Accounts in the order of their addresses, from after one of them. */
  List<Account> page(Tx tx, String afterKey, int most) {
    return tx.list(
        """
        select account_id, email, name, status, is_operator, password_hash
          from account
         where email_key > ?
           and status <> 'ERASED'
         order by email_key
         limit ?
        """,
        row -> read(row).account(),
        afterKey,
        most);
  }

  void setPassword(Tx tx, AccountId account, String hash, Instant now) {
    tx.update(
        """
        update account
           set password_hash = ?, password_changed_at = ?
         where account_id = ?
        """,
        hash,
        now,
        account.value());
  }

  /** The same password in a better hash. */
  void renew(Tx tx, AccountId account, String hash) {
    tx.update(
        """
        update account
           set password_hash = ?
         where account_id = ?
        """,
        hash,
        account.value());
  }

  void setStatus(Tx tx, AccountId account, Account.Status status) {
    tx.update(
        """
        update account
           set status = ?
         where account_id = ?
        """,
        status.name(),
        account.value());
  }

  /** Workspaces the person owns, in the order in which they are to be locked. */
  List<WorkspaceId> owned(Tx tx, AccountId account) {
    return tx.list(
        """
        select workspace_id
          from member
         where account_id = ?
           and role = 'owner'
           and status = 'ACTIVE'
         order by workspace_id
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        account.value());
  }

  /** Lets those who may take an owner away pass one by one. */
  void lockWorkspace(Tx tx, WorkspaceId workspace) {
    tx.list(
        """
        select workspace_id
          from workspace
         where workspace_id = ?
           for no key update
        """,
        row -> row.uuid("workspace_id"),
        workspace.value());
  }

  boolean hasOtherOwner(Tx tx, WorkspaceId workspace, AccountId account) {
    return !tx.list(
            """
            select m.account_id
              from member as m
              join account as a on a.account_id = m.account_id
             where m.workspace_id = ?
               and m.account_id <> ?
               and m.role = 'owner'
               and m.status = 'ACTIVE'
               and a.status = 'ACTIVE'
             limit 1
            """,
            row -> row.uuid("account_id"),
            workspace.value(),
            account.value())
        .isEmpty();
  }

  private static Credentials read(Row row) {
    return new Credentials(
        new Account(
            new AccountId(row.uuid("account_id")),
            row.text("email"),
            row.text("name"),
            Account.Status.valueOf(row.text("status")),
            row.flag("is_operator")),
        row.maybeText("password_hash"));
  }
}
