package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.observe.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs jobs on this node: at most so many at once, each on a virtual thread under a lease. A dead
 * node falls silent and its jobs are free two and a half to three seconds later (see NodeBeat).
 */
public final class JobRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration BEAT = Duration.ofMillis(500);
  // The library's own beats, one a job, are for nodes that fall silent before their first beat.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_BEATS = 4;
  private static final long CLOCK_CHECK_NANOS = Duration.ofSeconds(30).toNanos();

  private final Database database;
  private final Doorbell doorbell;
  private final JobStore store = new JobStore();
  private final String node = "node-" + UUID.randomUUID();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean unfit = new AtomicBoolean();
  private final JobLimits limits;
  private final LeaseClock clock;
  private final List<JobTask> kinds;
  private final Scheduler scheduler;
  private final NodeBeat heart;
  private final Thread ear = Thread.ofVirtual().name("job-ear").unstarted(this::hear);
  private final Thread pulse = Thread.ofVirtual().name("job-pulse").unstarted(this::beat);

  public JobRunner(
      Database database, Doorbell doorbell, List<JobHandler> handlers, JobLimits limits) {
    this.database = database;
    this.doorbell = doorbell;
    this.limits = limits;
    this.clock = new LeaseClock(database, store);
    this.heart = new NodeBeat(database, store, node);
    this.kinds =
        handlers.stream()
            .map(each -> new JobTask(each, database, store, this::isLettingGo))
            .toList();
    List<Task<?>> tasks = kinds.stream().<Task<?>>map(JobTask::task).toList();
    this.scheduler =
        Scheduler.create(database.dataSource(), tasks)
            .schedulerName(new SchedulerName.Fixed(node))
            .serializer(new JobSerializer())
            .clock(clock)
            .threads(limits.atOnce())
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .pollUsingLockAndFetch(0.99, 1.0)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_BEATS)
            .shutdownMaxWait(limits.grace())
            .failureLogging(LogLevel.WARN, true)
            .build();
  }

  public void start() {
    heart.beat();
    scheduler.start();
    ear.start();
    pulse.start();
  }

  /** How the work stands, for whoever watches it. */
  public Watched watched() {
    return new JobWatch(database, store, kinds, this::leases, () -> !isLettingGo());
  }

  private long leases(String kind) {
    return scheduler.getCurrentlyExecuting().stream()
        .filter(each -> each.getExecution().getTaskName().equals(kind))
        .count();
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
            store.leave(tx, node);
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

  /** Beats until the node drains, and looks whether it is fit to take jobs. */
  private void beat() {
    try {
      for (long beats = 0; !draining.get(); beats++) {
        heart.beat();
        if (beats % 2 == 0) {
          checkFitness();
        }
        Thread.sleep(BEAT);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkFitness() {
    try {
      Optional<String> fault = limits.unfit().get();
      if (fault.isPresent() && unfit.compareAndSet(false, true)) {
        scheduler.pause();
        LOG.log(System.Logger.Level.WARNING, "this node takes no jobs: {0}", fault.get());
      } else if (fault.isEmpty() && unfit.compareAndSet(true, false)) {
        scheduler.resume();
        LOG.log(System.Logger.Level.INFO, "this node takes jobs again");
      }
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "fitness goes unchecked: {0}", unreachable.kind());
    }
  }

  private boolean isLettingGo() {
    return draining.get() || unfit.get();
  }

  private void checkClock() {
    try {
      clock.set();
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "the clock runs on unchecked", unreachable);
    }
  }
}
