package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of accounts, as their persons see and lose them. */
final class AccountPersonStore {
  /** All that is kept but the password's hash. */
  record Line(
      UUID accountId,
      String email,
      String name,
      String status,
      boolean operator,
      boolean hasPassword,
      @Nullable Instant passwordChangedAt,
      Instant createdAt) {}

  Optional<Line> find(Tx tx, AccountId account) {
    return tx.one(
        """
        select account_id, email, name, status, is_operator, password_hash is not null as secured,
               password_changed_at, created_at
          from account
         where account_id = ?
        """,
        row ->
            new Line(
                row.uuid("account_id"),
                row.text("email"),
                row.text("name"),
                row.text("status"),
                row.flag("is_operator"),
                row.flag("secured"),
                row.maybeInstant("password_changed_at").orElse(null),
                row.instant("created_at")),
        account.value());
  }

  /** Frees the address for whoever comes next; open links to a new password go too. */
  void erase(Tx tx, AccountId account) {
    tx.update("delete from password_reset where account_id = ?", account.value());
    tx.update(
        """
        update account
           set email = 'erased-' || account_id || '@erased.invalid',
               email_key = 'erased-' || account_id || '@erased.invalid',
               name = 'erased',
               password_hash = null,
               password_changed_at = null,
               is_operator = false,
               status = 'ERASED'
         where account_id = ?
        """,
        account.value());
  }
}
