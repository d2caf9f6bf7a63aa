package io.aragora.access;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of keys, as their persons see and lose them. */
final class KeyPersonStore {
  private KeyPersonStore() {}

  /** A key without its hash. */
  record Line(
      UUID keyId,
      String name,
      String prefix,
      List<String> permissions,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  static List<Line> list(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select key_id, name, prefix, permissions, created_at, expires_at, last_used_at, revoked_at
          from api_key
         where workspace_id = ?
           and account_id = ?
         order by created_at desc
         limit ?
        """,
        row ->
            new Line(
                row.uuid("key_id"),
                row.text("name"),
                row.text("prefix"),
                row.texts("permissions"),
                row.instant("created_at"),
                row.maybeInstant("expires_at").orElse(null),
                row.maybeInstant("last_used_at").orElse(null),
                row.maybeInstant("revoked_at").orElse(null)),
        workspace.value(),
        account.value(),
        PersonalData.MOST);
  }

  static void erase(Tx tx, WorkspaceId workspace, AccountId account, Instant now) {
    tx.update(
        """
        update api_key
           set revoked_at = coalesce(revoked_at, ?),
               name = 'erased'
         where workspace_id = ?
           and account_id = ?
        """,
        now,
        workspace.value(),
        account.value());
  }
}
