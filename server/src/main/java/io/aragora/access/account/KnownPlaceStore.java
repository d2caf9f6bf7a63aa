package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads from where a person signed in before. */
final class KnownPlaceStore {
  private static final Duration RECENT = Duration.ofDays(30);

  /** The transaction must be the account's. */
  List<String> recent(Tx tx, AccountId account, Instant now) {
    return tx.list(
        """
        select distinct address
          from session
         where account_id = ?
           and created_at > ?
           and address is not null
         limit 50
        """,
        row -> row.text("address"),
        account.value(),
        now.minus(RECENT));
  }
}
