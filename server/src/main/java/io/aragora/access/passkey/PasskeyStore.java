package io.aragora.access.passkey;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of passkeys, seen by their owner only, and of the challenges answered. */
final class PasskeyStore {
  /** A passkey as stored. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Kept(
      UUID id, byte[] credential, long signCount, boolean backupEligible, boolean backedUp) {}

  List<Passkey> list(Tx tx, AccountId account) {
    return tx.list(
        """
        select passkey_id, name, backed_up, created_at, last_used_at
          from passkey
         where account_id = ?
         order by created_at, passkey_id
        """,
        PasskeyStore::view,
        account.value());
  }

  List<byte[]> credentialIds(Tx tx, AccountId account) {
    return tx.list(
        """
        select credential_id
          from passkey
         where account_id = ?
         order by created_at, passkey_id
        """,
        row -> row.bytes("credential_id"),
        account.value());
  }

  /** Makes the key if there is room and nobody has it; the account's keys are counted in turn. */
  boolean insert(Tx tx, AccountId account, Passkey key, byte[] credentialId, Kept kept, int most) {
    tx.list(
        """
        select account_id
          from account
         where account_id = ?
           for no key update
        """,
        row -> row.uuid("account_id"),
        account.value());
    return tx.update(
            """
            insert into passkey
                   (passkey_id, account_id, name, credential_id, credential, sign_count,
                    backup_eligible, backed_up, created_at)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?
             where (select count(*)
                      from passkey
                     where account_id = ?) < ?
                on conflict do nothing
            """,
            key.id(),
            account.value(),
            key.name(),
            credentialId,
            kept.credential(),
            kept.signCount(),
            kept.backupEligible(),
            kept.backedUp(),
            key.createdAt(),
            account.value(),
            most)
        == 1;
  }

  /** Finds and locks the key of that id. */
  Optional<Kept> lock(Tx tx, AccountId account, byte[] credentialId) {
    return tx.one(
        """
        select passkey_id, credential, sign_count, backup_eligible, backed_up
          from passkey
         where account_id = ?
           and credential_id = ?
           for no key update
        """,
        row ->
            new Kept(
                row.uuid("passkey_id"),
                row.bytes("credential"),
                row.number("sign_count"),
                row.flag("backup_eligible"),
                row.flag("backed_up")),
        account.value(),
        credentialId);
  }

  void used(Tx tx, UUID key, long signCount, boolean backedUp, Instant now) {
    tx.update(
        """
        update passkey
           set sign_count = ?, backed_up = ?, last_used_at = ?
         where passkey_id = ?
        """,
        signCount,
        backedUp,
        now,
        key);
  }

  Optional<Passkey> rename(Tx tx, AccountId account, UUID key, String name) {
    return tx.one(
        """
        update passkey
           set name = ?
         where account_id = ?
           and passkey_id = ?
        returning passkey_id, name, backed_up, created_at, last_used_at
        """,
        PasskeyStore::view,
        name,
        account.value(),
        key);
  }

  boolean remove(Tx tx, AccountId account, UUID key) {
    return tx.update(
            """
            delete from passkey
             where account_id = ?
               and passkey_id = ?
            """,
            account.value(),
            key)
        == 1;
  }

  void removeAll(Tx tx, AccountId account) {
    tx.update(
        """
        delete from passkey
         where account_id = ?
        """,
        account.value());
  }

  /** Notes a challenge as answered, unless it was before; forgets those that ended long ago. */
  boolean use(Tx tx, String hash, Instant until, Instant now) {
    tx.update(
        """
        delete from passkey_challenge_used
         where expires_at < ?
        """,
        now);
    return tx.update(
            """
            insert into passkey_challenge_used (challenge_hash, expires_at)
            values (?, ?)
                on conflict (challenge_hash) do nothing
            """,
            hash,
            until)
        == 1;
  }

  private static Passkey view(Row row) {
    return new Passkey(
        row.uuid("passkey_id"),
        row.text("name"),
        row.flag("backed_up"),
        row.instant("created_at"),
        row.maybeInstant("last_used_at").orElse(null));
  }
}
