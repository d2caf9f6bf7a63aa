package io.aragora.workspace.setup;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The row of the one setup link. */
final class SetupStore {
  /** Puts a new link in the place of one not used; false once one was. */
  boolean put(Tx tx, String hash, Instant now, Instant expiresAt) {
    return tx.update(
            """
            insert into setup_link as old (only_row, token_hash, made_at, expires_at)
            values (true, ?, ?, ?)
                on conflict (only_row) do update
               set token_hash = excluded.token_hash,
                   made_at = excluded.made_at,
                   expires_at = excluded.expires_at
             where old.used_at is null
            """,
            hash,
            now,
            expiresAt)
        == 1;
  }

  boolean isOpen(Tx tx, String hash, Instant now) {
    return tx.one(
            """
            select made_at
              from setup_link
             where token_hash = ?
               and used_at is null
               and expires_at > ?
            """,
            row -> row.instant("made_at"),
            hash,
            now)
        .isPresent();
  }

  /** Uses the link up; of many at once one gets through. */
  boolean use(Tx tx, String hash, Instant now) {
    return tx.update(
            """
            update setup_link
               set used_at = ?
             where token_hash = ?
               and used_at is null
               and expires_at > ?
            """,
            now,
            hash,
            now)
        == 1;
  }

  Optional<WorkspaceId> firstWorkspace(Tx tx) {
    return tx.one(
        """
        select id
          from first_workspace
        """,
        row -> new WorkspaceId(row.uuid("id")));
  }

  /** Makes the first workspace; false where another start has made one meanwhile. */
  boolean makeFirst(Tx tx, WorkspaceId workspace, String name, Instant now) {
    return tx.one(
            """
            select make_first_workspace(?, ?, ?) as made
            """,
            row -> row.flag("made"),
            workspace.value(),
            name,
            now)
        .orElseThrow();
  }
}
