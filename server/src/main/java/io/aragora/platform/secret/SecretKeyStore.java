package io.aragora.platform.secret;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of wrapped data keys, and which master keys may wrap them. */
final class SecretKeyStore {
  /** A master key as all nodes know it. */
  record KnownMaster(int version, String print) {}

  /** A data key under one master key, and under the one before while a rotation is unfinished. */
  record Wrapped(int version, Wrap now, Optional<Wrap> before) {}

  /** Wrapped bytes and the version of the master key that opens them. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Wrap(int master, byte[] bytes) {}

  /** Those in force, newest first. */
  List<KnownMaster> masters(Tx tx) {
    return tx.list(
        """
        select version, print
          from secret_master
         where retired_at is null
         order by version desc
        """,
        SecretKeyStore::master);
  }

  /** As {@link #masters}, and none of them can be retired until this transaction ends. */
  List<KnownMaster> keepMasters(Tx tx) {
    return tx.list(
        """
        select version, print
          from secret_master
         where retired_at is null
         order by version desc
           for share
        """,
        SecretKeyStore::master);
  }

  int highestMaster(Tx tx) {
    return tx.one(
            "select coalesce(max(version), 0) as version from secret_master",
            row -> (int) row.number("version"))
        .orElse(0);
  }

  void addMaster(Tx tx, KnownMaster master, Instant now) {
    tx.update(
        """
        insert into secret_master (version, print, made_at)
        values (?, ?, ?)
            on conflict (version) do nothing
        """,
        master.version(),
        master.print(),
        now);
  }

  void retireMastersBefore(Tx tx, int version, Instant now) {
    tx.update(
        """
        update secret_master
           set retired_at = ?
         where version < ?
           and retired_at is null
        """,
        now,
        version);
  }

  /** Whoever has data keys, in order of id, from {@code after} on. */
  List<WorkspaceId> holders(Tx tx, UUID after, int most) {
    return tx.list(
        """
        select holder_id
          from secret_holder
         where holder_id > ?
         order by holder_id
         limit ?
        """,
        row -> new WorkspaceId(row.uuid("holder_id")),
        after,
        most);
  }

  List<AccountId> accounts(Tx tx, UUID after, int most) {
    return tx.list(
        """
        select account_id
          from account
         where account_id > ?
         order by account_id
         limit ?
        """,
        row -> new AccountId(row.uuid("account_id")),
        after,
        most);
  }

  /** The key that seals now. */
  Optional<Wrapped> current(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select version, master_version, wrapped, old_master_version, old_wrapped
          from secret_key
         where workspace_id = ?
         order by version desc
         limit 1
        """,
        SecretKeyStore::wrapped,
        workspace.value());
  }

  Optional<Wrapped> find(Tx tx, WorkspaceId workspace, int version) {
    return tx.one(
        """
        select version, master_version, wrapped, old_master_version, old_wrapped
          from secret_key
         where workspace_id = ?
           and version = ?
        """,
        SecretKeyStore::wrapped,
        workspace.value(),
        version);
  }

  /** Keys that are not under this master key; nobody else changes them meanwhile. */
  List<Wrapped> notUnder(Tx tx, WorkspaceId workspace, int master) {
    return tx.list(
        """
        select version, master_version, wrapped, old_master_version, old_wrapped
          from secret_key
         where workspace_id = ?
           and master_version < ?
           for update
        """,
        SecretKeyStore::wrapped,
        workspace.value(),
        master);
  }

  /** Leaves a key that is there as it is: the first of two who make it at once wins. */
  void insert(Tx tx, WorkspaceId workspace, Wrapped key, Instant now) {
    tx.update(
        """
        insert into secret_key
               (workspace_id, version, master_version, wrapped, old_master_version, old_wrapped,
                created_at)
        values (?, ?, ?, ?, ?, ?, ?)
            on conflict (workspace_id, version) do nothing
        """,
        workspace.value(),
        key.version(),
        key.now().master(),
        key.now().bytes(),
        key.before().map(Wrap::master).orElse(null),
        key.before().map(Wrap::bytes).orElse(null),
        now);
    tx.update(
        """
        insert into secret_holder (holder_id)
        values (?)
            on conflict (holder_id) do nothing
        """,
        workspace.value());
  }

  void retireBefore(Tx tx, WorkspaceId workspace, int version, Instant now) {
    tx.update(
        """
        update secret_key
           set retired_at = ?
         where workspace_id = ?
           and version < ?
           and retired_at is null
        """,
        now,
        workspace.value(),
        version);
  }

  void rewrap(Tx tx, WorkspaceId workspace, int version, Wrap wrap) {
    tx.update(
        """
        update secret_key
           set old_master_version = master_version,
               old_wrapped = wrapped,
               master_version = ?,
               wrapped = ?
         where workspace_id = ?
           and version = ?
        """,
        wrap.master(),
        wrap.bytes(),
        workspace.value(),
        version);
  }

  /** Forgets what an older master key still opens. */
  void dropOld(Tx tx, WorkspaceId workspace, int master) {
    tx.update(
        """
        update secret_key
           set old_master_version = null,
               old_wrapped = null
         where workspace_id = ?
           and master_version = ?
           and old_wrapped is not null
        """,
        workspace.value(),
        master);
  }

  void delete(Tx tx, WorkspaceId workspace) {
    tx.update("delete from secret_key where workspace_id = ?", workspace.value());
    tx.update("delete from secret_holder where holder_id = ?", workspace.value());
  }

  private static KnownMaster master(Row row) {
    return new KnownMaster((int) row.number("version"), row.text("print"));
  }

  private static Wrapped wrapped(Row row) {
    return new Wrapped(
        (int) row.number("version"),
        new Wrap((int) row.number("master_version"), row.bytes("wrapped")),
        row.maybeNumber("old_master_version")
            .map(master -> new Wrap(master.intValue(), row.bytes("old_wrapped"))));
  }
}
