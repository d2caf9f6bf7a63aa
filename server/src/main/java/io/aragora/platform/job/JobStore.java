package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import java.time.Instant;
import java.util.UUID;

/** The job table, apart from what the scheduler library itself does with it. */
final class JobStore {
  /** Whether there was no such job. */
  boolean insert(Tx tx, String kind, UUID subject, WorkspaceId workspace) {
    return tx.update(
            """
            insert into scheduled_tasks
                   (task_name, task_instance, task_data, execution_time, picked, version)
            values (?, ?, ?, now(), false, 1)
                on conflict (task_name, task_instance) do nothing
            """,
            kind,
            subject.toString(),
            Json.bytes(new JobData(workspace)))
        == 1;
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
