package io.aragora.access.oidc;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows that say who is whom at the provider, and of the states that came back. */
final class OidcStore {
  /** The account linked under this hash, noted as used; the transaction must know the hash. */
  Optional<AccountId> use(Tx tx, String linkHash, Instant now) {
    return tx.one(
        """
        update oidc_link
           set last_used_at = ?
         where link_hash = ?
        returning account_id
        """,
        row -> new AccountId(row.uuid("account_id")),
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
