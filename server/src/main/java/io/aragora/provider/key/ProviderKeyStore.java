package io.aragora.provider.key;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of sealed provider keys. */
final class ProviderKeyStore {
  /** A sealed key and whose it is. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Line(String provider, byte[] sealed) {}

  void put(Tx tx, WorkspaceId workspace, KeptKey key, byte[] sealed) {
    tx.update(
        """
        insert into provider_key (workspace_id, provider, sealed, last_four, set_at, set_by)
        values (?, ?, ?, ?, ?, ?)
            on conflict (workspace_id, provider)
            do update set sealed = excluded.sealed,
                          last_four = excluded.last_four,
                          set_at = excluded.set_at,
                          set_by = excluded.set_by
        """,
        workspace.value(),
        key.provider(),
        sealed,
        key.lastFour(),
        key.setAt(),
        key.setBy().value());
  }

  /** Whether there was one. */
  boolean delete(Tx tx, WorkspaceId workspace, String provider) {
    return tx.update(
            """
            delete from provider_key
             where workspace_id = ?
               and provider = ?
            """,
            workspace.value(),
            provider)
        == 1;
  }

  Optional<byte[]> find(Tx tx, WorkspaceId workspace, String provider) {
    return tx.one(
        """
        select sealed
          from provider_key
         where workspace_id = ?
           and provider = ?
        """,
        row -> row.bytes("sealed"),
        workspace.value(),
        provider);
  }

  List<KeptKey> list(Tx tx, WorkspaceId workspace) {
    return tx.list(
        """
        select provider, set_at, set_by, last_four
          from provider_key
         where workspace_id = ?
         order by provider
        """,
        ProviderKeyStore::kept,
        workspace.value());
  }

  List<KeptKey> setBy(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select provider, set_at, set_by, last_four
          from provider_key
         where workspace_id = ?
           and set_by = ?
         order by provider
        """,
        ProviderKeyStore::kept,
        workspace.value(),
        account.value());
  }

  /** All of a workspace: there is one a provider at most. */
  List<Line> lock(Tx tx, WorkspaceId workspace) {
    return tx.list(
        """
        select provider, sealed
          from provider_key
         where workspace_id = ?
         order by provider
           for update
        """,
        row -> new Line(row.text("provider"), row.bytes("sealed")),
        workspace.value());
  }

  void reseal(Tx tx, WorkspaceId workspace, String provider, byte[] sealed) {
    tx.update(
        """
        update provider_key
           set sealed = ?
         where workspace_id = ?
           and provider = ?
        """,
        sealed,
        workspace.value(),
        provider);
  }

  private static KeptKey kept(Row row) {
    return new KeptKey(
        row.text("provider"),
        row.instant("set_at"),
        new ActorId(row.uuid("set_by")),
        row.text("last_four"));
  }
}
