package io.aragora.debate.dead;

import io.aragora.budget.Budgets;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobKind;
import io.aragora.platform.job.JobRun;
import io.aragora.platform.job.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Money that nobody works on: a debate that lost its job gets it back, and ends; what an older
 * version left unbooked is booked. Looked for in each workspace from time to time, by one node, and
 * at once when a cap refuses a debate.
 */
public final class DeadHolds implements JobHandler {
  static final JobKind KIND = new JobKind("debate.revive", 1_000, Duration.ofSeconds(30));

  /** A hold and its job are written together: after so long a hold without one is dead. */
  private static final Duration DEAD_AFTER = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofMinutes(10);

  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Database database;
  private final InstantSource clock;
  private final Budgets budgets;
  private final Jobs jobs;
  private final JobKind carrying;
  private final AtomicLong revived = new AtomicLong(System.nanoTime() - AGAIN_NANOS);

  /** {@code carrying} is the kind of the jobs that carry debates. */
  public DeadHolds(
      Database database, InstantSource clock, Budgets budgets, Jobs jobs, JobKind carrying) {
    this.database = database;
    this.clock = clock;
    this.budgets = budgets;
    this.jobs = jobs;
    this.carrying = carrying;
  }

  /** From now on the workspace is looked at; one that is already stays so. */
  public void watch(Tx tx, WorkspaceId workspace) {
    jobs.addLater(tx, KIND, workspace.value(), workspace, EVERY);
  }

  @Override
  public JobKind kind() {
    return KIND;
  }

  @Override
  public void run(JobRun run) {
    revive(run.workspace());
    boolean isStill =
        database.inTransaction(run.workspace(), tx -> budgets.hasPlan(tx, run.workspace()));
    if (isStill) {
      run.again(EVERY);
    }
  }

  /** The next debate opened there asks for it again. */
  @Override
  public void gaveUp(JobRun run, Throwable cause) {
    System.getLogger("debate")
        .log(
            System.Logger.Level.ERROR,
            "workspace %s is not looked at for dead holds".formatted(run.workspace()),
            cause);
  }

  /** Right now, but not at every refusal: a cap that refuses one debate refuses many. */
  public void reviveNow(WorkspaceId workspace) {
    long now = System.nanoTime();
    long before = revived.get();
    if (now - before >= AGAIN_NANOS && revived.compareAndSet(before, now)) {
      revive(workspace);
    }
  }

  private void revive(WorkspaceId workspace) {
    Instant longAgo = clock.instant().minus(DEAD_AFTER);
    database.doInTransaction(
        workspace,
        tx -> {
          List<DebateId> lost = budgets.deadHolds(tx, longAgo);
          lost.forEach(id -> jobs.add(tx, carrying, id.value(), workspace));
        });
    budgets.bookLeftovers(workspace);
  }
}
