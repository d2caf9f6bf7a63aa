package io.aragora.workspace;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of workspaces. */
final class WorkspaceStore {
  private static final int ERASED_AT_ONCE = 2_000;

  void insert(Tx tx, WorkspaceId workspace, String name, Instant now) {
    tx.list(
        """
        select make_workspace(?, ?, ?) as made
        """,
        row -> row.uuid("made"),
        workspace.value(),
        name,
        now);
  }

  /** A workspace whose rows are not erased. */
  Optional<WorkspaceView> find(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select workspace_id, name, created_at, erase_at
          from workspace
         where workspace_id = ?
           and erased_at is null
        """,
        WorkspaceStore::read,
        workspace.value());
  }

  /** As {@link #find}, keeping others from changing it until this transaction ends. */
  Optional<WorkspaceView> lock(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select workspace_id, name, created_at, erase_at
          from workspace
         where workspace_id = ?
           and erased_at is null
           for update
        """,
        WorkspaceStore::read,
        workspace.value());
  }

  /** Whether it is the one that was made at the first start. */
  boolean isFirst(Tx tx, WorkspaceId workspace) {
    return tx.one(
            """
            select id
              from first_workspace
             where id = ?
            """,
            row -> row.uuid("id"),
            workspace.value())
        .isPresent();
  }

  void rename(Tx tx, WorkspaceId workspace, String name) {
    tx.update(
        """
        update workspace
           set name = ?
         where workspace_id = ?
        """,
        name,
        workspace.value());
  }

  void condemn(Tx tx, WorkspaceId workspace, UUID deletion, Instant eraseAt) {
    tx.update(
        """
        update workspace
           set erase_at = ?, deletion_id = ?
         where workspace_id = ?
        """,
        eraseAt,
        deletion,
        workspace.value());
  }

  void keep(Tx tx, WorkspaceId workspace) {
    tx.update(
        """
        update workspace
           set erase_at = null, deletion_id = null
         where workspace_id = ?
        """,
        workspace.value());
  }

  /** Whether this wish to delete still stands and its time has come. */
  boolean isDue(Tx tx, WorkspaceId workspace, UUID deletion, Instant now) {
    return tx.one(
            """
            select deletion_id
              from workspace
             where workspace_id = ?
               and deletion_id = ?
               and erase_at <= ?
               and erasure_ended_at is null
            """,
            row -> row.uuid("deletion_id"),
            workspace.value(),
            deletion,
            now)
        .isPresent();
  }

  /** Erases some of what there is, and tells how many rows: none when nothing is left. */
  long erase(Tx tx) {
    return tx.one(
            """
            select erase_workspace(?) as rows
            """,
            row -> row.number("rows"),
            ERASED_AT_ONCE)
        .orElseThrow();
  }

  void ended(Tx tx, WorkspaceId workspace, Instant now) {
    tx.update(
        """
        update workspace
           set erasure_ended_at = ?
         where workspace_id = ?
        """,
        now,
        workspace.value());
  }

  private static WorkspaceView read(Row row) {
    var eraseAt = row.maybeInstant("erase_at");
    return new WorkspaceView(
        row.uuid("workspace_id"),
        row.text("name"),
        eraseAt.isPresent() ? "deleting" : "active",
        row.instant("created_at"),
        eraseAt.orElse(null));
  }
}
