package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;

/** Nodes that run jobs on one database, and what they were given to do. */
final class JobNodes implements AutoCloseable {
  static final JobKind KIND = new JobKind("test.work", 3, Duration.ofMillis(10));

  final TestDatabase test = TestDatabase.own();
  final WorkspaceId workspace = test.newWorkspace();
  final Jobs jobs = new Jobs();
  final List<AutoCloseable> open = new ArrayList<>(List.of(test.database()));
  final BlockingQueue<JobRun> runs = new LinkedBlockingQueue<>();

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  JobRunner start(JobHandler handler) {
    var runner =
        new JobRunner(
            test.database(), bell(), List.of(handler), JobLimits.of(4, Duration.ofMillis(300)));
    open.add(runner);
    runner.start();
    return runner;
  }

  Doorbell bell() {
    var bell = Doorbell.open(test.app());
    open.add(bell);
    Awaitility.await().until(bell::isConnected);
    return bell;
  }

  void add(UUID subject) {
    test.database()
        .inSystemTransaction(
            tx -> {
              jobs.add(tx, KIND, subject, workspace);
              return true;
            });
  }

  long waiting() {
    return test.database()
        .inSystemTransaction(
            tx ->
                tx.one("select count(*) as n from scheduled_tasks", row -> row.number("n"))
                    .orElseThrow());
  }

  Recording handler(Work work) {
    return new Recording(work);
  }

  /** What a test's handler does. */
  @FunctionalInterface
  interface Work {
    void run(JobRun run) throws Exception;
  }

  class Recording implements JobHandler {
    private final Work work;

    Recording(Work work) {
      this.work = work;
    }

    @Override
    public JobKind kind() {
      return KIND;
    }

    @Override
    public void run(JobRun run) throws Exception {
      runs.add(run);
      work.run(run);
    }

    @Override
    public void gaveUp(JobRun run, Throwable cause) {}
  }
}
