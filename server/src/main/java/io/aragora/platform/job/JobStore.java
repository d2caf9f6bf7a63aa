package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The job table, apart from what the scheduler library itself does with it. */
final class JobStore {
  /** Adds a job and rings for it, in one statement; where there is one already, does neither. */
  void insert(Tx tx, String kind, UUID subject, WorkspaceId workspace) {
    tx.list(
        """
        with added as (
          insert into scheduled_tasks
                 (task_name, task_instance, task_data, execution_time, picked, version)
          values (?, ?, ?, now(), false, 1)
              on conflict (task_name, task_instance) do nothing
          returning task_name)
        select pg_notify(?, ?) is null as rung
          from added
        """,
        row -> row.flag("rung"),
        kind,
        subject.toString(),
        Json.bytes(new JobData(workspace)),
        Doorbell.CHANNEL,
        Jobs.SUBJECT);
  }

  /** The right to do one job, as it stood when it was read. */
  record Lease(String kind, String subject, long version) {}

  /** Says that {@code node} lives and reads the leases of nodes silent for so long. */
  List<Lease> beat(Tx tx, String node, long deadAfterMillis) {
    return tx.list(
        """
        with beat as (
          insert into job_node (node, beat_at)
          values (?, clock_timestamp())
              on conflict (node) do update
             set beat_at = excluded.beat_at),
        forgotten as (
          delete from job_node
           where beat_at < clock_timestamp() - interval '1 hour'
             and node <> ?)
        select job.task_name, job.task_instance, job.version
          from scheduled_tasks as job
         where job.picked
           and job.picked_by <> ?
           and job.last_heartbeat < clock_timestamp() - ? * interval '1 millisecond'
           and not exists (
                 select 1
                   from job_node as other
                  where other.node = job.picked_by
                    and other.beat_at >= clock_timestamp() - ? * interval '1 millisecond')
        """,
        row -> new Lease(row.text("task_name"), row.text("task_instance"), row.number("version")),
        node,
        node,
        node,
        deadAfterMillis,
        deadAfterMillis);
  }

  /** A node that leaves in peace says so. */
  int leave(Tx tx, String node) {
    return tx.update("delete from job_node where node = ?", node);
  }

  /** Adds a job for later, by the database's clock; no bell: there is nothing to do yet. */
  void insertLater(Tx tx, String kind, UUID subject, WorkspaceId workspace, Duration pause) {
    tx.update(
        """
        insert into scheduled_tasks
               (task_name, task_instance, task_data, execution_time, picked, version)
        values (?, ?, ?, now() + ? * interval '1 second', false, 1)
            on conflict (task_name, task_instance) do nothing
        """,
        kind,
        subject.toString(),
        Json.bytes(new JobData(workspace)),
        pause.toSeconds());
  }

  /** How many jobs of a kind are in which state, and how long the oldest due one waits. */
  record Count(
      String kind, long waiting, long later, long running, long troubled, long oldestMillis) {
    static Count none(String kind) {
      return new Count(kind, 0, 0, 0, 0, 0);
    }
  }

  /** Kinds of which there is no job are left out. */
  List<Count> counts(Tx tx) {
    return tx.list(
        """
        select task_name,
               count(*) filter (where not picked and execution_time <= now()) as waiting,
               count(*) filter (where not picked and execution_time > now()) as later,
               count(*) filter (where picked) as running,
               count(*) filter (where consecutive_failures > 0 or deaths > 0) as troubled,
               coalesce(
                 extract(epoch from now() - min(execution_time) filter (where not picked)) * 1000,
                 0)::bigint as oldest
          from scheduled_tasks
         group by task_name
        """,
        row ->
            new Count(
                row.text("task_name"),
                row.number("waiting"),
                row.number("later"),
                row.number("running"),
                row.number("troubled"),
                Math.max(0, row.number("oldest"))));
  }

  /** Nodes that beat within so long. */
  long nodes(Tx tx, long withinMillis) {
    return tx.one(
            """
            select count(*) as nodes
              from job_node
             where beat_at >= clock_timestamp() - ? * interval '1 millisecond'
            """,
            row -> row.number("nodes"),
            withinMillis)
        .orElseThrow();
  }

  /** Makes one leased job free again, if the lease is still the one of that version. */
  void free(Tx tx, String kind, String subject, long version) {
    tx.update(
        """
        update scheduled_tasks
           set picked = false,
               picked_by = null,
               last_heartbeat = null,
               execution_time = now(),
               version = version + 1
         where task_name = ?
           and task_instance = ?
           and version = ?
        """,
        kind,
        subject,
        version);
  }

  /** How many nodes in a row died with a job, and how long it therefore waits. */
  record Death(long count, long pauseSeconds) {}

  /** As {@link #free}, counting; after {@code free} deaths the pause doubles up to a minute. */
  Optional<Death> freeAfterDeath(Tx tx, Lease lease, int free) {
    return tx.one(
        """
        with death as (
          select task_name, task_instance, deaths + 1 as deaths,
                 case when deaths < ? then 0 else least(power(2, least(deaths - ?, 6)), 60) end
                   as pause
            from scheduled_tasks
           where task_name = ?
             and task_instance = ?
             and version = ?
             for update)
        update scheduled_tasks as job
           set picked = false,
               picked_by = null,
               last_heartbeat = null,
               last_failure = now(),
               execution_time = now() + death.pause * interval '1 second',
               deaths = death.deaths,
               version = job.version + 1
          from death
         where job.task_name = death.task_name
           and job.task_instance = death.task_instance
        returning job.deaths, death.pause::bigint as pause
        """,
        row -> new Death(row.number("deaths"), row.number("pause")),
        free,
        free,
        lease.kind(),
        lease.subject(),
        lease.version());
  }

  /** The job got on: what its nodes died of before was not its doing. */
  int forgetDeaths(Tx tx, String kind, String subject) {
    return tx.update(
        """
        update scheduled_tasks
           set deaths = 0
         where task_name = ?
           and task_instance = ?
           and deaths > 0
        """,
        kind,
        subject);
  }

  /** Makes all jobs that {@code node} leases free; its late completions find another version. */
  int freeAll(Tx tx, String node) {
    return tx.update(
        """
        update scheduled_tasks
           set picked = false,
               picked_by = null,
               last_heartbeat = null,
               execution_time = now(),
               version = version + 1
         where picked
           and picked_by = ?
        """,
        node);
  }

  Instant now(Tx tx) {
    return tx.one("select clock_timestamp() as now", row -> row.instant("now")).orElseThrow();
  }
}
