package io.aragora.workspace.invite;

import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of invites. */
final class InviteStore {
  /** An invite found by its token's hash: alive, and of a workspace not known until now. */
  record Open(UUID id, WorkspaceId workspace, Role role, Optional<String> email) {}

  /** A row with what readers are not told. */
  record Line(Invite invite, UUID issue) {}

  /** What a new row or a new token is made with. */
  record Draft(UUID issue, String tokenHash, ActorId actor, Instant now, Instant expiresAt) {}

  void insert(Tx tx, WorkspaceId workspace, UUID id, Invite.Wish wish, Draft draft) {
    tx.update(
        """
        insert into invite
               (invite_id, workspace_id, role, email, token_hash, issue_id, invited_by, created_at,
                expires_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        workspace.value(),
        wish.role(),
        wish.email(),
        draft.tokenHash(),
        draft.issue(),
        draft.actor().value(),
        draft.now(),
        draft.expiresAt());
  }

  /** Puts a new token in the place of the old one, which is dead from now on. */
  void reissue(Tx tx, WorkspaceId workspace, UUID id, Draft draft) {
    tx.update(
        """
        update invite
           set token_hash = ?, issue_id = ?, expires_at = ?, refused = 0
         where workspace_id = ?
           and invite_id = ?
        """,
        draft.tokenHash(),
        draft.issue(),
        draft.expiresAt(),
        workspace.value(),
        id);
  }

  /** How many could still be taken. */
  long open(Tx tx, WorkspaceId workspace, Instant now) {
    return tx.one(
            """
            select count(*) as open
              from invite
             where workspace_id = ?
               and accepted_at is null
               and revoked_at is null
               and expires_at > ?
            """,
            row -> row.number("open"),
            workspace.value(),
            now)
        .orElseThrow();
  }

  Optional<Line> find(Tx tx, WorkspaceId workspace, UUID id, Instant now) {
    return tx.one(
        """
        select invite_id, role, email, invited_by, created_at, expires_at, issue_id,
               case when accepted_at is not null then 'accepted'
                    when revoked_at is not null then 'revoked'
                    when expires_at <= ? then 'expired'
                    else 'open' end as status
          from invite
         where workspace_id = ?
           and invite_id = ?
        """,
        InviteStore::line,
        now,
        workspace.value(),
        id);
  }

  /** Newest first. */
  List<Invite> page(Tx tx, WorkspaceId workspace, Instant before, UUID id, Instant now, int most) {
    return tx.list(
        """
        select invite_id, role, email, invited_by, created_at, expires_at, issue_id,
               case when accepted_at is not null then 'accepted'
                    when revoked_at is not null then 'revoked'
                    when expires_at <= ? then 'expired'
                    else 'open' end as status
          from invite
         where workspace_id = ?
           and (created_at, invite_id) < (?, ?)
         order by created_at desc, invite_id desc
         limit ?
        """,
        row -> line(row).invite(),
        now,
        workspace.value(),
        before,
        id,
        most);
  }

  /** The invite of a token, if it can be taken now. */
  Optional<Open> byToken(Tx tx, String hash, Instant now, int mostRefused) {
    return tx.one(
        """
        select invite_id, workspace_id, role, email
          from invite
         where token_hash = ?
           and accepted_at is null
           and revoked_at is null
           and expires_at > ?
           and refused < ?
        """,
        row ->
            new Open(
                row.uuid("invite_id"),
                new WorkspaceId(row.uuid("workspace_id")),
                Role.ofWire(row.text("role")).orElseThrow(),
                row.maybeText("email")),
        hash,
        now,
        mostRefused);
  }

  /** Takes the invite; of many at once one gets through. */
  boolean take(Tx tx, String hash, AccountId account, Instant now) {
    return tx.update(
            """
            update invite
               set accepted_at = ?, accepted_by = ?
             where token_hash = ?
               and accepted_at is null
               and revoked_at is null
               and expires_at > ?
            """,
            now,
            account.value(),
            hash,
            now)
        == 1;
  }

  int refused(Tx tx, String hash) {
    return tx.update(
        """
        update invite
           set refused = refused + 1
         where token_hash = ?
        """,
        hash);
  }

  /** Tells whether it could be taken until now. */
  boolean revoke(Tx tx, WorkspaceId workspace, UUID id, Instant now) {
    return tx.update(
            """
            update invite
               set revoked_at = ?
             where workspace_id = ?
               and invite_id = ?
               and accepted_at is null
               and revoked_at is null
            """,
            now,
            workspace.value(),
            id)
        == 1;
  }

  /** Ends the open invites to an address. */
  int revokeTo(Tx tx, WorkspaceId workspace, String email, Instant now) {
    return tx.update(
        """
        update invite
           set revoked_at = ?
         where workspace_id = ?
           and lower(email) = lower(?)
           and accepted_at is null
           and revoked_at is null
        """,
        now,
        workspace.value(),
        email);
  }

  /** Ends the open invites somebody made. */
  int revokeBy(Tx tx, WorkspaceId workspace, ActorId actor, Instant now) {
    return tx.update(
        """
        update invite
           set revoked_at = ?
         where workspace_id = ?
           and invited_by = ?
           and accepted_at is null
           and revoked_at is null
        """,
        now,
        workspace.value(),
        actor.value());
  }

  Optional<String> workspaceName(Tx tx, WorkspaceId workspace) {
    return tx.one(
        """
        select name
          from workspace
         where workspace_id = ?
           and erase_at is null
        """,
        row -> row.text("name"),
        workspace.value());
  }

  private static Line line(Row row) {
    return new Line(
        new Invite(
            row.uuid("invite_id"),
            row.text("role"),
            row.maybeText("email").orElse(null),
            row.uuid("invited_by"),
            row.instant("created_at"),
            row.instant("expires_at"),
            row.text("status")),
        row.uuid("issue_id"));
  }
}
