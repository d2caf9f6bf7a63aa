package io.aragora.testing;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import java.time.Instant;
import java.util.UUID;

/** PlainPeople with accounts and memberships, written straight into the tables. */
public final class PlainPeople {
  private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");

  private PlainPeople() {}

  /** A new person in a workspace. */
  public static AccountId member(TestDatabase test, WorkspaceId workspace, String role) {
    AccountId account = account(test, "someone");
    join(test, workspace, account, role);
    return account;
  }

  /** A new person who is nowhere yet; the address starts with {@code name}. */
  public static AccountId account(TestDatabase test, String name) {
    var account = new AccountId(UUID.randomUUID());
    String email = name + "-" + account + "@example.org";
    test.database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    insert into account
                           (account_id, email, email_key, name, password_hash, status, is_operator,
                            created_at)
                    values (?, ?, ?, ?, 'no-hash', 'ACTIVE', false, ?)
                    """,
                    account.value(),
                    email,
                    email,
                    "Name of " + name,
                    THEN));
    return account;
  }

  public static void join(
      TestDatabase test, WorkspaceId workspace, AccountId account, String role) {
    test.database()
        .doInTransaction(
            workspace,
            tx ->
                tx.update(
                    """
                    insert into member (workspace_id, account_id, role, status, joined_at)
                    values (?, ?, ?, 'ACTIVE', ?)
                    """,
                    workspace.value(),
                    account.value(),
                    role,
                    THEN));
  }
}
