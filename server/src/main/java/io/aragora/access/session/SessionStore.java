package io.aragora.access.session;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of sessions, and what of a person's memberships bears on them. */
final class SessionStore {

  /** A session as found by its token. */
  record Found(
      UUID id,
      AccountId account,
      String tokenHash,
      Optional<WorkspaceId> workspace,
      Instant lastSeenAt,
      Instant expiresAt,
      Instant provenAt,
      boolean over,
      boolean active) {}

  /** What is written when a session begins. */
  record Draft(
      NewSession session,
      Shown shown,
      Instant now,
      Optional<String> address,
      Optional<String> agent) {}

  /** Where to go on in a person's list of sessions, and how far. */
  record Place(Instant before, UUID id, int most) {}

  void insert(Tx tx, Draft draft) {
    NewSession session = draft.session();
    tx.update(
        """
        insert into session
               (session_id, account_id, token_hash, csrf_hash, workspace_id, strength, created_at,
                last_seen_at, expires_at, address, agent, proven_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        session.id(),
        session.account().value(),
        SessionTokens.hash(session.token()),
        SessionTokens.hash(session.csrf()),
        session.workspace().map(WorkspaceId::value).orElse(null),
        draft.shown().by().wire(),
        draft.now(),
        draft.now(),
        session.expiresAt(),
        draft.address().orElse(null),
        draft.agent().orElse(null),
        draft.shown().at());
  }

  Optional<Found> find(Tx tx, String tokenHash) {
    return tx.one(
        """
        select s.session_id, s.account_id, s.token_hash, s.workspace_id, s.last_seen_at,
               s.expires_at, coalesce(s.proven_at, s.created_at) as proven_at,
               s.ended_at is not null as over, a.status = 'ACTIVE' as active
          from session as s
          join account as a on a.account_id = s.account_id
         where s.token_hash = ?
        """,
        row ->
            new Found(
                row.uuid("session_id"),
                new AccountId(row.uuid("account_id")),
                row.text("token_hash"),
                row.maybeUuid("workspace_id").map(WorkspaceId::new),
                row.instant("last_seen_at"),
                row.instant("expires_at"),
                row.instant("proven_at"),
                row.flag("over"),
                row.flag("active")),
        tokenHash);
  }

  boolean seen(Tx tx, UUID session, Instant now) {
    return tx.update(
            """
            update session
               set last_seen_at = ?
             where session_id = ?
            """,
            now,
            session)
        == 1;
  }

  /** Forgets sessions that ended long ago, and ends the oldest of too many. */
  void makeRoom(Tx tx, AccountId account, Instant now, Instant longAgo, int most) {
    tx.update(
        """
        delete from session
         where account_id = ?
           and (expires_at < ? or ended_at < ?)
        """,
        account.value(),
        longAgo,
        longAgo);
    tx.update(
        """
        update session
           set ended_at = ?
         where account_id = ?
           and session_id in (select session_id
                                from session
                               where account_id = ?
                                 and ended_at is null
                                 and expires_at > ?
                               order by last_seen_at desc
                              offset ?)
        """,
        now,
        account.value(),
        account.value(),
        now,
        most - 1);
  }

  List<SessionView> page(Tx tx, AccountId account, UUID current, Instant now, Place place) {
    return tx.list(
        """
        select session_id, strength, workspace_id, created_at, last_seen_at, expires_at, address,
               agent
          from session
         where account_id = ?
           and ended_at is null
           and expires_at > ?
           and (created_at, session_id) < (?, ?)
         order by created_at desc, session_id desc
         limit ?
        """,
        row -> view(row, current),
        account.value(),
        now,
        place.before(),
        place.id(),
        place.most());
  }

  private static SessionView view(Row row, UUID current) {
    UUID id = row.uuid("session_id");
    return new SessionView(
        id,
        row.text("strength"),
        row.maybeUuid("workspace_id").orElse(null),
        row.instant("created_at"),
        row.instant("last_seen_at"),
        row.instant("expires_at"),
        row.maybeText("address").orElse(null),
        row.maybeText("agent").orElse(null),
        id.equals(current));
  }

  boolean exists(Tx tx, AccountId account, UUID session) {
    return tx.one(
            """
            select session_id
              from session
             where account_id = ?
               and session_id = ?
            """,
            row -> row.uuid("session_id"),
            account.value(),
            session)
        .isPresent();
  }

  /** Ends the session of that token, if it is the same person's. */
  void replaced(Tx tx, AccountId account, String tokenHash, Instant now) {
    tx.update(
        """
        update session
           set ended_at = ?
         where account_id = ?
           and token_hash = ?
           and ended_at is null
        """,
        now,
        account.value(),
        tokenHash);
  }

  boolean end(Tx tx, AccountId account, UUID session, Instant now) {
    return tx.update(
            """
            update session
               set ended_at = ?
             where account_id = ?
               and session_id = ?
               and ended_at is null
            """,
            now,
            account.value(),
            session)
        == 1;
  }

  /** Ends all sessions but one, or but none; how many there were. */
  int endAll(Tx tx, AccountId account, @Nullable UUID but, Instant now) {
    return tx.update(
        """
        update session
           set ended_at = ?
         where account_id = ?
           and session_id is distinct from ?
           and ended_at is null
        """,
        now,
        account.value(),
        but);
  }

  int endIn(Tx tx, AccountId account, WorkspaceId workspace, Instant now) {
    return tx.update(
        """
        update session
           set ended_at = ?
         where account_id = ?
           and workspace_id = ?
           and ended_at is null
        """,
        now,
        account.value(),
        workspace.value());
  }

  /** Tells whether that is another workspace than before. */
  boolean work(Tx tx, UUID session, WorkspaceId workspace) {
    return tx.update(
            """
            update session
               set workspace_id = ?
             where session_id = ?
               and workspace_id is distinct from ?
               and ended_at is null
            """,
            workspace.value(),
            session,
            workspace.value())
        == 1;
  }
}
