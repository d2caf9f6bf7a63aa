package io.aragora.access.oidc;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows that say who is whom at the provider, and of the states that came back. */
final class OidcStore {
  /** The account linked under this hash; the transaction must know the hash. */
  Optional<AccountId> linked(Tx tx, String linkHash) {
    return tx.one(
        """
        select account_id
          from oidc_link
         where link_hash = ?
        """,
        row -> new AccountId(row.uuid("account_id")),
        linkHash);
  }

  void used(Tx tx, String linkHash, Instant now) {
    tx.update(
        """
        update oidc_link
           set last_used_at = ?
         where link_hash = ?
        """,
        now,
        linkHash);
  }

  /** Links an account that has no link to this issuer yet. */
  boolean link(
      Tx tx, String linkHash, AccountId account, String issuer, String subject, Instant now) {
    return tx.update(
            """
            insert into oidc_link
                   (link_hash, account_id, issuer, subject, created_at, last_used_at)
            values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
            """,
            linkHash,
            account.value(),
            issuer,
            subject,
            now,
            now)
        == 1;
  }

  /** Who a person is at a provider. */
  record Link(String issuer, String subject, Instant createdAt, Instant lastUsedAt) {}

  /** A person's links; the transaction must be theirs. */
  List<Link> of(Tx tx, AccountId account) {
    return tx.list(
        """
        select issuer, subject, created_at, last_used_at
          from oidc_link
         where account_id = ?
         order by created_at
        """,
        row ->
            new Link(
                row.text("issuer"),
                row.text("subject"),
                row.instant("created_at"),
                row.instant("last_used_at")),
        account.value());
  }

  void remove(Tx tx, AccountId account) {
    tx.update(
        """
        delete from oidc_link
         where account_id = ?
        """,
        account.value());
  }

  /** Notes a state as come back, unless it was before; forgets those that ended long ago. */
  boolean spend(Tx tx, String hash, Instant until, Instant now) {
    tx.update(
        """
        delete from oidc_state_used
         where expires_at < ?
        """,
        now);
    return tx.update(
            """
            insert into oidc_state_used (state_hash, expires_at)
            values (?, ?)
                on conflict (state_hash) do nothing
            """,
            hash,
            until)
        == 1;
  }
}
