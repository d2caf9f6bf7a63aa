package io.aragora.audit.retention;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that say how long words are kept. */
final class RetentionStore {
  /** A workspace that does not keep words for ever. */
  record Limited(WorkspaceId workspace, int days, Optional<Instant> erasedUntil) {}

  Optional<RetentionView> find(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select days, erased_until
          from audit_retention
         where workspace_id = ?
        """,
        row ->
            new RetentionView(
                row.maybeNumber("days").map(Long::intValue).orElse(null),
                row.maybeInstant("erased_until").orElse(null)),
        workspace.value());
  }

  void set(Tx tx, WorkspaceId workspace, @Nullable Integer days) {
    tx.update(
        """
        insert into audit_retention (workspace_id, days)
        values (?, ?::integer)
            on conflict (workspace_id) do update
           set days = excluded.days
        """,
        workspace.value(),
        days);
  }

  /** Of all workspaces; see V0032. */
  List<Limited> limited(Tx tx) {
    return tx.list(
        """
        select workspace_id, days, erased_until
          from audit_retention
         where days is not null
        """,
        row ->
            new Limited(
                new WorkspaceId(row.uuid("workspace_id")),
                (int) row.number("days"),
                row.maybeInstant("erased_until")));
  }

  /** Takes the work up to a time; false means that somebody else did it. */
  boolean take(Tx tx, WorkspaceId workspace, Instant until) {
    return tx.update(
            """
            update audit_retention
               set erased_until = ?
             where workspace_id = ?
               and coalesce(erased_until, '-infinity') < ?
            """,
            until,
            workspace.value(),
            until)
        == 1;
  }
}
