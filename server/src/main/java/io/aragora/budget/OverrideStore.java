package io.aragora.budget;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Overrides: added, revoked, read; nothing else. */
final class OverrideStore {
  void insert(Tx tx, WorkspaceId workspace, CapOverride made) {
    tx.update(
        """
        insert into budget_override
               (override_id, workspace_id, amount, reason, actor_id, created_at, expires_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        made.id(),
        workspace.value(),
        made.amount().micro(),
        made.reason(),
        made.actor().value(),
        made.createdAt(),
        made.expiresAt());
  }

  /** Whether it still ran. */
  boolean revoke(Tx tx, WorkspaceId workspace, UUID id, ActorId actor, Instant now) {
    return tx.update(
            """
            update budget_override
               set revoked_at = ?, revoked_by = ?
             where override_id = ?
               and workspace_id = ?
               and revoked_at is null
               and expires_at > ?
            """,
            now,
            actor.value(),
            id,
            workspace.value(),
            now)
        == 1;
  }

  /** How many run now. */
  long count(Tx tx, WorkspaceId workspace, Instant now) {
    return tx.one(
            """
            select count(*) as running
              from budget_override
             where workspace_id = ?
               and revoked_at is null
               and expires_at > ?
            """,
            row -> row.number("running"),
            workspace.value(),
            now)
        .orElseThrow();
  }

  Optional<CapOverride> find(Tx tx, WorkspaceId workspace, UUID id) {
    return tx.one(
        """
        select override_id, amount, reason, actor_id, created_at, expires_at, revoked_at, revoked_by
          from budget_override
         where override_id = ?
           and workspace_id = ?
        """,
        OverrideStore::override,
        id,
        workspace.value());
  }

  /** Newest first, older than the one made at {@code before} under {@code id}. */
  List<CapOverride> page(Tx tx, WorkspaceId workspace, Instant before, UUID id, int most) {
    return tx.list(
        """
        select override_id, amount, reason, actor_id, created_at, expires_at, revoked_at, revoked_by
          from budget_override
         where workspace_id = ?
           and (created_at, override_id) < (?, ?)
         order by created_at desc, override_id desc
         limit ?
        """,
        OverrideStore::override,
        workspace.value(),
        before,
        id,
        most);
  }

  /** Those one actor made, newest first. */
  List<CapOverride> by(Tx tx, WorkspaceId workspace, ActorId actor, int most) {
    return tx.list(
        """
        select override_id, amount, reason, actor_id, created_at, expires_at, revoked_at, revoked_by
          from budget_override
         where workspace_id = ?
           and actor_id = ?
         order by created_at desc
         limit ?
        """,
        OverrideStore::override,
        workspace.value(),
        actor.value(),
        most);
  }

  /** What overrides add now, for this workspace and those that pay for it. */
  Map<UUID, Money> running(Tx tx, Instant now) {
    var sums = new HashMap<UUID, Money>();
    tx.list(
            """
            select workspace_id, sum(amount)::bigint as amount
              from budget_override
             where workspace_id in (select budget_payers())
               and created_at <= ?
               and expires_at > ?
               and revoked_at is null
             group by workspace_id
            """,
            row -> Map.entry(row.uuid("workspace_id"), Money.ofMicro(row.number("amount"))),
            now,
            now)
        .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
    return sums;
  }

  private static CapOverride override(Row row) {
    return new CapOverride(
        row.uuid("override_id"),
        Money.ofMicro(row.number("amount")),
        row.text("reason"),
        new ActorId(row.uuid("actor_id")),
        row.instant("created_at"),
        row.instant("expires_at"),
        row.maybeInstant("revoked_at").orElse(null),
        row.maybeUuid("revoked_by").map(ActorId::new).orElse(null));
  }
}
