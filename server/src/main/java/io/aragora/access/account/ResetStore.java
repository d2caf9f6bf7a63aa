package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of links to a new password. */
final class ResetStore {

  /** A link found by its token; {@code fresh} while it may be used. */
  record Found(AccountId account, boolean fresh) {}

  void insert(Tx tx, String tokenHash, AccountId account, Instant now, Instant end) {
    tx.update(
        """
        delete from password_reset
         where account_id = ?
           and expires_at < ?
        """,
        account.value(),
        now);
    tx.update(
        """
        insert into password_reset (token_hash, account_id, created_at, expires_at)
        values (?, ?, ?, ?)
        """,
        tokenHash,
        account.value(),
        now,
        end);
  }

  /** A link whose time is not over, used or not. */
  Optional<Found> find(Tx tx, String tokenHash, Instant now) {
    return tx.one(
        """
        select account_id, used_at is null as fresh
          from password_reset
         where token_hash = ?
           and expires_at > ?
        """,
        row -> new Found(new AccountId(row.uuid("account_id")), row.flag("fresh")),
        tokenHash,
        now);
  }

  /** Only one of two uses at once gets through; the account's other links end with it. */
  boolean use(Tx tx, String tokenHash, AccountId account, Instant now) {
    boolean used =
        tx.update(
                """
                update password_reset
                   set used_at = ?
                 where token_hash = ?
                   and used_at is null
                   and expires_at > ?
                """,
                now,
                tokenHash,
                now)
            == 1;
    if (used) {
      forgetUnused(tx, account);
    }
    return used;
  }

  /** Ends every link that could still be used. */
  void forgetUnused(Tx tx, AccountId account) {
    tx.update(
        """
        delete from password_reset
         where account_id = ?
           and used_at is null
        """,
        account.value());
  }
}
