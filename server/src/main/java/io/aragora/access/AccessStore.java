package io.aragora.access;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of keys and of the first workspace. */
final class AccessStore {
  private AccessStore() {}

  /** A key as stored: everything but its secret. */
  record StoredKey(
      UUID id,
      Caller caller,
      String hash,
      Optional<Instant> expiresAt,
      Optional<Instant> lastUsedAt,
      Optional<Instant> revokedAt) {

    boolean isAlive(Instant now) {
      return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** The same key with at most those permissions. */
    StoredKey within(Set<Permission> most) {
      return new StoredKey(id, caller.within(most), hash, expiresAt, lastUsedAt, revokedAt);
    }
  }

  static void insert(Tx tx, NewKey key, Draft draft) {
    tx.update(
        """
        insert into api_key
               (workspace_id, key_id, actor_id, name, prefix, key_hash, permissions, created_at,
                expires_at, account_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        key.workspace().value(),
        key.id(),
        key.actor().value(),
        draft.name(),
        Secrets.prefix(key.secret()),
        Secrets.hash(key.secret()),
        draft.permissions().stream().map(Permission::wire).sorted().toArray(String[]::new),
        draft.now(),
        draft.expiresAt(),
        draft.owner().map(AccountId::value).orElse(null));
  }

  /** What a key is made with. */
  record Draft(
      String name,
      Set<Permission> permissions,
      Instant now,
      @Nullable Instant expiresAt,
      Optional<AccountId> owner) {}

  static Optional<StoredKey> find(Tx tx, String hash) {
    return tx.one(
        """
        select key_id, workspace_id, actor_id, account_id, key_hash, permissions, expires_at,
               last_used_at, revoked_at
          from api_key
         where key_hash = ?
        """,
        AccessStore::read,
        hash);
  }

  private static StoredKey read(Row row) {
    Set<Permission> permissions =
        row.texts("permissions").stream()
            .flatMap(wire -> Stream.of(Permission.values()).filter(p -> p.wire().equals(wire)))
            .collect(Collectors.toUnmodifiableSet());
    return new StoredKey(
        row.uuid("key_id"),
        Caller.key(
            new WorkspaceId(row.uuid("workspace_id")),
            new ActorId(row.uuid("actor_id")),
            permissions,
            row.maybeUuid("account_id").map(AccountId::new)),
        row.text("key_hash"),
        row.maybeInstant("expires_at"),
        row.maybeInstant("last_used_at"),
        row.maybeInstant("revoked_at"));
  }

  static boolean used(Tx tx, UUID key, Instant now) {
    return tx.update(
            """
            update api_key
               set last_used_at = ?
             where key_id = ?
            """,
            now,
            key)
        == 1;
  }

  /** What a person is in a workspace, while they are a member of it and their account is active. */
  static Optional<Role> role(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.one(
            """
            select m.role
              from member as m
              join account as a on a.account_id = m.account_id
             where m.workspace_id = ?
               and m.account_id = ?
               and m.status = 'ACTIVE'
               and a.status = 'ACTIVE'
            """,
            row -> row.text("role"),
            workspace.value(),
            account.value())
        .flatMap(Role::ofWire);
  }

  /** Ends all keys of a member. */
  static int revokeAll(Tx tx, WorkspaceId workspace, AccountId account, Instant now) {
    return tx.update(
        """
        update api_key
           set revoked_at = ?
         where workspace_id = ?
           and account_id = ?
           and revoked_at is null
        """,
        now,
        workspace.value(),
        account.value());
  }

  static Optional<WorkspaceId> firstWorkspace(Tx tx) {
    return tx.one(
        """
        select id
          from first_workspace
        """,
        row -> new WorkspaceId(row.uuid("id")));
  }

  /** Makes the first workspace; only one of two starts at once gets through. */
  static boolean makeFirst(Tx tx, WorkspaceId workspace, String name, Instant now) {
    tx.list(
        """
        select make_workspace(?, ?, ?) as made
        """,
        row -> row.uuid("made"),
        workspace.value(),
        name,
        now);
    return tx.update(
            """
            insert into first_workspace (only_row, id, made_at)
            values (true, ?, ?)
                on conflict (only_row) do nothing
            """,
            workspace.value(),
            now)
        == 1;
  }
}
