package io.aragora.access.session;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import io.aragora.platform.person.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of sessions, as their persons see and lose them. */
final class SessionPersonStore {
  /** A session without its hashes. */
  record Line(
      UUID sessionId,
      @Nullable UUID workspaceId,
      String strength,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      @Nullable Instant endedAt,
      @Nullable String address,
      @Nullable String agent) {}

  List<Line> all(Tx tx, AccountId account) {
    return tx.list(
        """
        select session_id, workspace_id, strength, created_at, last_seen_at, expires_at, ended_at,
               address, agent
          from session
         where account_id = ?
         order by created_at desc
         limit ?
        """,
        SessionPersonStore::line,
        account.value(),
        PersonalData.MOST);
  }

  List<Line> in(Tx tx, WorkspaceId workspace, AccountId account) {
    return tx.list(
        """
        select session_id, workspace_id, strength, created_at, last_seen_at, expires_at, ended_at,
               address, agent
          from session
         where account_id = ?
           and workspace_id = ?
         order by created_at desc
         limit ?
        """,
        SessionPersonStore::line,
        account.value(),
        workspace.value(),
        PersonalData.MOST);
  }

  void delete(Tx tx, AccountId account) {
    tx.update("delete from session where account_id = ?", account.value());
  }

  private static Line line(Row row) {
    return new Line(
        row.uuid("session_id"),
        row.maybeUuid("workspace_id").orElse(null),
        row.text("strength"),
        row.instant("created_at"),
        row.instant("last_seen_at"),
        row.instant("expires_at"),
        row.maybeInstant("ended_at").orElse(null),
        row.maybeText("address").orElse(null),
        row.maybeText("agent").orElse(null));
  }
}
