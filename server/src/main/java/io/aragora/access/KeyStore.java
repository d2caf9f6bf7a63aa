package io.aragora.access;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of keys, as those who manage them see them. */
final class KeyStore {
  private KeyStore() {}

  /** Lets makers of keys in one workspace pass one by one, so that they can be counted. */
  static void lockWorkspace(Tx tx, WorkspaceId workspace) {
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

  static long alive(Tx tx, WorkspaceId workspace, Instant now) {
    return tx.one(
            """
            select count(*) as keys
              from api_key
             where workspace_id = ?
               and revoked_at is null
               and (expires_at is null or expires_at > ?)
            """,
            row -> row.number("keys"),
            workspace.value(),
            now)
        .orElseThrow();
  }

  static long madeSince(Tx tx, WorkspaceId workspace, Instant since) {
    return tx.one(
            """
            select count(*) as keys
              from api_key
             where workspace_id = ?
               and created_at > ?
            """,
            row -> row.number("keys"),
            workspace.value(),
            since)
        .orElseThrow();
  }

  static Optional<KeyView> find(Tx tx, WorkspaceId workspace, UUID key) {
    return tx.one(
        """
        select key_id, name, prefix, permissions, account_id, created_at, expires_at, last_used_at,
               revoked_at
          from api_key
         where workspace_id = ?
           and key_id = ?
        """,
        KeyStore::view,
        workspace.value(),
        key);
  }

  static List<KeyView> page(Tx tx, WorkspaceId workspace, Instant before, UUID id, int most) {
    return tx.list(
        """
        select key_id, name, prefix, permissions, account_id, created_at, expires_at, last_used_at,
               revoked_at
          from api_key
         where workspace_id = ?
           and (created_at, key_id) < (?, ?)
         order by created_at desc, key_id desc
         limit ?
        """,
        KeyStore::view,
        workspace.value(),
        before,
        id,
        most);
  }

  /** Keys of the caller's account, or the calling key itself. */
  static List<KeyView> ownPage(Tx tx, Caller caller, Instant before, UUID id, int most) {
    return tx.list(
        """
        select key_id, name, prefix, permissions, account_id, created_at, expires_at, last_used_at,
               revoked_at
          from api_key
         where workspace_id = ?
           and (account_id = ? or actor_id = ?)
           and (created_at, key_id) < (?, ?)
         order by created_at desc, key_id desc
         limit ?
        """,
        KeyStore::view,
        caller.workspace().value(),
        caller.account().map(AccountId::value).orElse(null),
        caller.actor().value(),
        before,
        id,
        most);
  }

  /** Gives a key nobody has used yet another secret, if it is this owner's. */
  static boolean renew(Tx tx, NewKey key, AccessStore.Draft draft) {
    return tx.update(
            """
            update api_key
               set key_hash = ?, prefix = ?
             where workspace_id = ?
               and key_id = ?
               and account_id is not distinct from ?
               and last_used_at is null
               and revoked_at is null
            """,
            Secrets.hash(key.secret()),
            Secrets.prefix(key.secret()),
            key.workspace().value(),
            key.id(),
            draft.owner().map(AccountId::value).orElse(null))
        == 1;
  }

  /** Tells whether the key was there and alive until now. */
  static boolean revoke(Tx tx, WorkspaceId workspace, UUID key, Instant now) {
    return tx.update(
            """
            update api_key
               set revoked_at = ?
             where workspace_id = ?
               and key_id = ?
               and revoked_at is null
            """,
            now,
            workspace.value(),
            key)
        == 1;
  }

  static List<UUID> revokeAll(Tx tx, WorkspaceId workspace, AccountId account, Instant now) {
    return tx.list(
        """
        update api_key
           set revoked_at = ?
         where workspace_id = ?
           and account_id = ?
           and revoked_at is null
        returning key_id
        """,
        row -> row.uuid("key_id"),
        now,
        workspace.value(),
        account.value());
  }

  private static KeyView view(Row row) {
    return new KeyView(
        row.uuid("key_id"),
        row.text("name"),
        row.text("prefix"),
        row.texts("permissions"),
        row.maybeUuid("account_id").orElse(null),
        row.instant("created_at"),
        row.maybeInstant("expires_at").orElse(null),
        row.maybeInstant("last_used_at").orElse(null),
        row.maybeInstant("revoked_at").orElse(null));
  }
}
