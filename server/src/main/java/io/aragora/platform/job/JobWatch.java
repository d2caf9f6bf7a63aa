package io.aragora.platform.job;

import io.aragora.platform.db.Database;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Meters;
import io.aragora.platform.observe.Watched;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Tells how the work stands: on all nodes what the table says, on this one what it holds. */
record JobWatch(
    Database database,
    JobStore store,
    List<JobTask> tasks,
    ToLongFunction<String> leases,
    BooleanSupplier takesJobs)
    implements Watched {

  @Override
  public void tell(Meters meters) {
    meters.show(Meter.TAKES_JOBS, takesJobs.getAsBoolean() ? 1 : 0);
    for (JobTask task : tasks) {
      meters.show(Meter.JOB_FAILURES, task.failures(), task.kind());
      meters.show(Meter.JOBS_GIVEN_UP, task.givenUp(), task.kind());
      meters.show(Meter.LEASES, leases.applyAsLong(task.kind()), task.kind());
    }
    Map<String, JobStore.Count> counts =
        database.inSystemTransaction(store::counts).stream()
            .collect(Collectors.toMap(JobStore.Count::kind, Function.identity()));
    tasks.forEach(
        task -> tell(meters, counts.getOrDefault(task.kind(), JobStore.Count.none(task.kind()))));
    long alive = NodeBeat.DEAD_AFTER.toMillis();
    meters.show(Meter.NODES, database.inSystemTransaction(tx -> store.nodes(tx, alive)));
  }

  private static void tell(Meters meters, JobStore.Count count) {
    meters.show(Meter.JOBS, count.waiting(), count.kind(), "waiting");
    meters.show(Meter.JOBS, count.later(), count.kind(), "later");
    meters.show(Meter.JOBS, count.running(), count.kind(), "running");
    meters.show(Meter.JOBS, count.troubled(), count.kind(), "troubled");
    meters.show(Meter.JOB_WAIT, count.oldestMillis() / 1_000.0, count.kind());
  }
}
