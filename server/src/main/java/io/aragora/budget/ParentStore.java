package io.aragora.budget;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;

/** Who pays for whom. */
final class ParentStore {
  private static final int MOST = 4;

  private record Line(boolean circle, long length) {}

  /** Puts a workspace under another, or refuses a circle and a line that is too long. */
  void place(Tx tx, WorkspaceId child, WorkspaceId parent) {
    // Two placements at once could close a circle that neither sees.
    tx.update("lock table budget_parent in share row exclusive mode");
    Line line = line(tx, child, parent);
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
