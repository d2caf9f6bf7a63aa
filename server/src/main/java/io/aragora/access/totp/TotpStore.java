package io.aragora.access.totp;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of second factors and recovery codes; the transaction must be the person's. */
final class TotpStore {
  /** A factor as stored. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Kept(byte[] secret, Optional<Instant> confirmedAt, long wrong, Optional<Instant> wrongAt) {
    boolean isConfirmed() {
      return confirmedAt.isPresent();
    }
  }

  /** Keeps a secret not confirmed yet; tells whether there was no confirmed one. */
  boolean begin(Tx tx, AccountId account, byte[] sealed, Instant now) {
    return tx.update(
            """
            insert into totp (account_id, secret, created_at, last_step, wrong)
            values (?, ?, ?, 0, 0)
                on conflict (account_id) do update
               set secret = excluded.secret, created_at = excluded.created_at
             where totp.confirmed_at is null
            """,
            account.value(),
            sealed,
            now)
        == 1;
  }

  Optional<Kept> find(Tx tx, AccountId account) {
    return tx.one(
        """
        select secret, confirmed_at, wrong, wrong_at
          from totp
         where account_id = ?
        """,
        TotpStore::read,
        account.value());
  }

  /** As {@link #find}; until the transaction ends nobody else tries a code of this person. */
  Optional<Kept> lock(Tx tx, AccountId account) {
    return tx.one(
        """
        select secret, confirmed_at, wrong, wrong_at
          from totp
         where account_id = ?
           for no key update
        """,
        TotpStore::read,
        account.value());
  }

  void confirm(Tx tx, AccountId account, long step, Instant now) {
    tx.update(
        """
        update totp
           set confirmed_at = ?, last_step = ?, wrong = 0, wrong_at = null
         where account_id = ?
        """,
        now,
        step,
        account.value());
  }

  /** Takes a code's step if it is later than all taken before. */
  boolean accept(Tx tx, AccountId account, long step) {
    return tx.update(
            """
            update totp
               set last_step = ?, wrong = 0, wrong_at = null
             where account_id = ?
               and last_step < ?
            """,
            step,
            account.value(),
            step)
        == 1;
  }

  void noteWrong(Tx tx, AccountId account, Instant now) {
    tx.update(
        """
        update totp
           set wrong = least(wrong + 1, 1000000), wrong_at = ?
         where account_id = ?
        """,
        now,
        account.value());
  }

  void forgive(Tx tx, AccountId account) {
    tx.update(
        """
        update totp
           set wrong = 0, wrong_at = null
         where account_id = ?
        """,
        account.value());
  }

  void reseal(Tx tx, AccountId account, byte[] sealed) {
    tx.update(
        """
        update totp
           set secret = ?
         where account_id = ?
        """,
        sealed,
        account.value());
  }

  void remove(Tx tx, AccountId account) {
    removeCodes(tx, account);
    tx.update(
        """
        delete from totp
         where account_id = ?
        """,
        account.value());
  }

  void replaceCodes(Tx tx, AccountId account, Collection<String> hashes, Instant now) {
    removeCodes(tx, account);
    List<@Nullable Object[]> rows =
        hashes.stream().map(hash -> new @Nullable Object[] {account.value(), hash, now}).toList();
    tx.batch(
        """
        insert into recovery_code (account_id, code_hash, created_at)
        values (?, ?, ?)
        """,
        rows);
  }

  /** Uses a code up; it works once. */
  boolean spend(Tx tx, AccountId account, String hash, Instant now) {
    return tx.update(
            """
            update recovery_code
               set used_at = ?
             where account_id = ?
               and code_hash = ?
               and used_at is null
            """,
            now,
            account.value(),
            hash)
        == 1;
  }

  long codesLeft(Tx tx, AccountId account) {
    return tx.one(
            """
            select count(*) as codes
              from recovery_code
             where account_id = ?
               and used_at is null
            """,
            row -> row.number("codes"),
            account.value())
        .orElse(0L);
  }

  Optional<String> email(Tx tx, AccountId account) {
    return tx.one(
        """
        select email
          from account
         where account_id = ?
        """,
        row -> row.text("email"),
        account.value());
  }

  Optional<String> passwordHash(Tx tx, AccountId account) {
    return tx
        .list(
            """
            select password_hash
              from account
             where account_id = ?
               and password_hash is not null
            """,
            row -> row.text("password_hash"),
            account.value())
        .stream()
        .findFirst();
  }

  private static void removeCodes(Tx tx, AccountId account) {
    tx.update(
        """
        delete from recovery_code
         where account_id = ?
        """,
        account.value());
  }

  private static Kept read(Row row) {
    return new Kept(
        row.bytes("secret"),
        row.maybeInstant("confirmed_at"),
        row.number("wrong"),
        row.maybeInstant("wrong_at"));
  }
}
