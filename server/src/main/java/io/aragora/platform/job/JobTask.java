package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Joins one handler to the scheduler library: run, done, again later, given up, taken over. */
final class JobTask {
  private static final System.Logger LOG = System.getLogger(JobTask.class.getName());

  private final JobHandler handler;
  private final Database database;
  private final JobStore store;
  private final BooleanSupplier lettingGo;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();

  JobTask(JobHandler handler, Database database, JobStore store, BooleanSupplier lettingGo) {
    this.handler = handler;
    this.database = database;
    this.store = store;
    this.lettingGo = lettingGo;
  }

  String kind() {
    return handler.kind().name();
  }

  /** Attempts that failed on this node. */
  long failures() {
    return failures.get();
  }

  /** Jobs that this node gave up for good. */
  long givenUp() {
    return givenUp.get();
  }

  Task<JobData> task() {
    return Tasks.custom(handler.kind().name(), JobData.class)
        .onFailure(this::failed)
        .onDeadExecution((complete, operations) -> freeAfterDeath(complete.getExecution()))
        .execute(this::execute);
  }

  private CompletionHandler<JobData> execute(TaskInstance<JobData> job, ExecutionContext context) {
    Execution lease = context.getExecution();
    var attempt =
        new JobAttempt(
            job,
            lease.consecutiveFailures,
            lettingGo,
            // Only a job that failed or died before has anything to forget.
            lease.lastFailure == null ? null : () -> forgetDeaths(lease));
    try {
      handler.run(attempt);
    } catch (Exception failure) {
      if (!lettingGo.getAsBoolean()) {
        throw new JobFailure(failure);
      }
      // Cut off by the shutdown, so nothing is wrong with the job.
      attempt.giveBack();
    } finally {
      // A drain interrupts; what follows needs the database, which an interrupt would refuse.
      boolean unused = Thread.interrupted();
    }
    if (attempt.isGivenBack()) {
      return (complete, operations) -> free(complete.getExecution());
    }
    return attempt
        .pause()
        .<CompletionHandler<JobData>>map(JobTask::after)
        .orElse((complete, operations) -> operations.remove());
  }

  private static CompletionHandler<JobData> after(Duration pause) {
    return (complete, operations) ->
        operations.reschedule(complete, complete.getTimeDone().plus(pause));
  }

  /** Nodes that never beat are found by the library; the pause of deaths is the beat's matter. */
  private void freeAfterDeath(Execution lease) {
    database.inSystemTransaction(
        tx -> {
          Doorbell.ring(tx, Jobs.SUBJECT);
          return store.freeAfterDeath(
              tx,
              new JobStore.Lease(lease.getTaskName(), lease.getId(), lease.version),
              NodeBeat.DEATHS_FREE);
        });
  }

  private void forgetDeaths(Execution lease) {
    database.inSystemTransaction(tx -> store.forgetDeaths(tx, lease.getTaskName(), lease.getId()));
  }

  /** A drain is not the job's fault: its count of failures stays. */
  private void free(Execution lease) {
    database.inSystemTransaction(
        tx -> {
          store.free(tx, lease.getTaskName(), lease.getId(), lease.version);
          Doorbell.ring(tx, Jobs.SUBJECT);
          return true;
        });
  }

  private void failed(ExecutionComplete complete, ExecutionOperations<JobData> operations) {
    int inARow = complete.getExecution().consecutiveFailures + 1;
    failures.incrementAndGet();
    JobKind kind = handler.kind();
    if (inARow >= kind.attempts() && giveUp(complete)) {
      givenUp.incrementAndGet();
      operations.remove();
    } else {
      operations.reschedule(complete, complete.getTimeDone().plus(kind.pauseAfter(inARow)));
    }
  }

  /** Whether the handler could say goodbye; if not, the job stays and is tried again. */
  @SuppressWarnings("unchecked") // the library keeps the data's type in the task, not the instance
  private boolean giveUp(ExecutionComplete complete) {
    Execution lease = complete.getExecution();
    Throwable cause =
        complete.getCause().orElseGet(() -> new IllegalStateException("no cause was told"));
    try {
      handler.gaveUp(
          new JobAttempt(
              (TaskInstance<JobData>) lease.taskInstance,
              lease.consecutiveFailures + 1,
              lettingGo,
              null),
          cause instanceof JobFailure wrapped ? wrapped.reason() : cause);
      return true;
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "giving up failed for " + lease.getTaskName() + " " + lease.getId(),
          failure);
      return false;
    }
  }
}
