package io.aragora.budget.tree;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;

/** Who pays for whom. */
final class ParentStore {
  private static final int MOST = 4;

  private record Line(boolean circle, long length) {}

  /** From here to the transaction's end nobody else places: two could close a circle unseen. */
  void lock(Tx tx) {
    tx.update("lock table budget_parent in share row exclusive mode");
  }

  /** Whoever pays for this workspace too, if anybody. */
  Optional<WorkspaceId> parent(Tx tx, WorkspaceId child) {
    return tx.one(
        """
        select parent_id
          from budget_parent
         where workspace_id = ?
        """,
        row -> new WorkspaceId(row.uuid("parent_id")),
        child.value());
  }

  /** Those that pay for a workspace, the nearest first. */
  List<WorkspaceId> above(Tx tx, WorkspaceId workspace) {
    return tx.list(
        """
        with recursive up (workspace_id, height) as (
          select parent_id, 1
            from budget_parent
           where workspace_id = ?
           union all
          select parent_id, height + 1
            from up
            join budget_parent using (workspace_id)
           where height < 4)
        select workspace_id
          from up
         order by height
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        workspace.value());
  }

  /** Those placed directly under it. */
  List<WorkspaceId> below(Tx tx, WorkspaceId workspace) {
    return tx.list(
        """
        select workspace_id
          from budget_parent
         where parent_id = ?
         order by workspace_id
         limit 200
        """,
        row -> new WorkspaceId(row.uuid("workspace_id")),
        workspace.value());
  }

  /** Whether a workspace, the transaction's own, goes on; empty if there is none. */
  Optional<Boolean> isOpen(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select erase_at is null as open
          from workspace
         where workspace_id = ?
           and erased_at is null
        """,
        row -> row.flag("open"),
        workspace.value());
  }

  /** What a workspace, the transaction's own, is called. */
  Optional<String> name(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select name
          from workspace
         where workspace_id = ?
        """,
        row -> row.text("name"),
        workspace.value());
  }

  void remove(Tx tx, WorkspaceId child) {
    tx.update(
        """
        delete from budget_parent
         where workspace_id = ?
        """,
        child.value());
  }

  /** Puts a workspace under another, or refuses a circle and a line that is too long. */
  void place(Tx tx, WorkspaceId child, WorkspaceId parent) {
    Line line = line(tx, child, parent);
    if (child.equals(parent)) {
      throw Refusal.of(ErrorCode.CONFLICT, "a workspace cannot stand under itself");
    }
    if (line.circle()) {
      throw Refusal.of(ErrorCode.CONFLICT, "%s already pays for %s".formatted(child, parent));
    }
    if (line.length() > MOST) {
      throw Refusal.of(
          ErrorCode.CONFLICT,
          "at most %d workspaces may stand above each other, this makes %d"
              .formatted(MOST, line.length()));
    }
    tx.update(
        """
        insert into budget_parent (workspace_id, parent_id)
        values (?, ?)
            on conflict (workspace_id) do update set parent_id = excluded.parent_id
        """,
        child.value(),
        parent.value());
  }

  /** The line that this placement would make. */
  private static Line line(Tx tx, WorkspaceId child, WorkspaceId parent) {
    return tx.one(
            """
            with recursive up (workspace_id, height) as (
              select ?::uuid, 1
               union all
              select parent_id, height + 1
                from up
                join budget_parent using (workspace_id)
               where height < 10),
            down (workspace_id, depth) as (
              select ?::uuid, 1
               union all
              select budget_parent.workspace_id, depth + 1
                from down
                join budget_parent on budget_parent.parent_id = down.workspace_id
               where depth < 10)
            select exists (select 1 from up where workspace_id = ?) as circle,
                   (select max(height) from up) + (select max(depth) from down) as length
            """,
            row -> new Line(row.flag("circle"), row.number("length")),
            parent.value(),
            child.value(),
            child.value())
        .orElseThrow();
  }
}
