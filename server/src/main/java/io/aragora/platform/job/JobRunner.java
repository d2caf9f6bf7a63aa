package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs jobs on this node: at most so many at once, each on a virtual thread under a lease. A dead
 * node's lease runs out after three seconds and is noticed within another second and a half.
 */
public final class JobRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final Duration POLL = Duration.ofSeconds(1);
  // The library wants at least four missed beats, and looks for dead nodes every second beat.
  private static final Duration HEARTBEAT = Duration.ofMillis(750);
  private static final int MISSED_BEATS = 4;
  private static final long CLOCK_CHECK_NANOS = Duration.ofSeconds(30).toNanos();

  private final Database database;
  private final Doorbell doorbell;
  private final JobStore store = new JobStore();
  private final String node = "node-" + UUID.randomUUID();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final LeaseClock clock;
  private final Scheduler scheduler;
  private final Thread ear = Thread.ofVirtual().name("job-ear").unstarted(this::hear);

  /** {@code grace} is how long a drain waits for running handlers before it interrupts them. */
  public JobRunner(
      Database database, Doorbell doorbell, List<JobHandler> handlers, int atOnce, Duration grace) {
    this.database = database;
    this.doorbell = doorbell;
    this.clock = new LeaseClock(database, store);
    List<Task<?>> tasks =
        handlers.stream()
            .<Task<?>>map(each -> new JobTask(each, database, store, draining::get).task())
            .toList();
    this.scheduler =
        Scheduler.create(database.dataSource(), tasks)
            .schedulerName(new SchedulerName.Fixed(node))
            .serializer(new JobSerializer())
            .clock(clock)
            .threads(atOnce)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .pollUsingLockAndFetch(0.99, 1.0)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_BEATS)
            .shutdownMaxWait(grace)
            .failureLogging(LogLevel.WARN, true)
            .build();
  }

  public void start() {
    scheduler.start();
    ear.start();
  }

  /** Takes no more jobs, waits for those running at most the grace, and gives the rest back. */
  @Override
  public void close() {
    if (!draining.compareAndSet(false, true)) {
      return;
    }
    scheduler.stop();
    try {
      database.inSystemTransaction(
          tx -> {
            Doorbell.ring(tx, Jobs.SUBJECT);
            return store.freeAll(tx, node);
          });
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.WARNING, "leases run out by themselves", unreachable);
    }
  }

  /** A ring makes the scheduler look at once instead of at its next poll. */
  private void hear() {
    long checked = System.nanoTime();
    try (var ticket = doorbell.listen(Jobs.SUBJECT)) {
      while (!draining.get()) {
        if (ticket.await(POLL)) {
          scheduler.triggerCheckForDueExecutions();
        }
        if (System.nanoTime() - checked > CLOCK_CHECK_NANOS) {
          checked = System.nanoTime();
          checkClock();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkClock() {
    try {
      clock.set();
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "the clock runs on unchecked", unreachable);
    }
  }
}
