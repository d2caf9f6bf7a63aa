package io.aragora.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobRunnerTest {
  private static final JobKind KIND = new JobKind("test.work", 3, Duration.ofMillis(10));

  private final TestDatabase test = TestDatabase.own();
  private final WorkspaceId workspace = test.newWorkspace();
  private final Jobs jobs = new Jobs();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(test.database()));
  private final BlockingQueue<JobRun> runs = new LinkedBlockingQueue<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void anIdleNodeTakesAJobUpAsSoonAsItsTransactionCommits() throws Exception {
    node(test.database(), handler(run -> {}));
    add(UUID.randomUUID());
    runs.poll(5, TimeUnit.SECONDS);
    var subject = UUID.randomUUID();

    long start = System.nanoTime();
    add(subject);
    JobRun run = runs.poll(5, TimeUnit.SECONDS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
    assertThat(run).isNotNull();
    assertThat(run.subject()).isEqualTo(subject);
    assertThat(run.workspace()).isEqualTo(workspace);
    Awaitility.await().until(() -> waiting() == 0);
  }

  @Test
  void addingAJobThatWaitsOrRunsChangesNothing() throws Exception {
    var go = new CountDownLatch(1);
    var subject = UUID.randomUUID();
    add(subject);
    add(subject);
    node(test.database(), handler(run -> go.await()));
    assertThat(runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    add(subject);
    go.countDown();

    Awaitility.await().until(() -> waiting() == 0);
    assertThat(runs).isEmpty();
  }

  @Test
  void aRolledBackAddLeavesNoJob() {
    try {
      test.database()
          .inSystemTransaction(
              tx -> {
                jobs.add(tx, KIND, UUID.randomUUID(), workspace);
                throw new IllegalStateException("no");
              });
    } catch (IllegalStateException expected) {
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void aFailingJobIsTriedAgainAndThenDone() throws Exception {
    var tries = new AtomicInteger();
    node(
        test.database(),
        handler(
            run -> {
              if (tries.incrementAndGet() < 3) {
                throw new java.io.IOException("not yet");
              }
            }));
    add(UUID.randomUUID());

    for (int failures = 0; failures < 3; failures++) {
      JobRun run = runs.poll(10, TimeUnit.SECONDS);
      assertThat(run).isNotNull();
      assertThat(run.failures()).isEqualTo(failures);
    }
    Awaitility.await().until(() -> waiting() == 0);
  }

  @Test
  void givesUpAfterTheLastAttemptAndTellsTheHandlerWhy() throws Exception {
    var told = new LinkedBlockingQueue<Throwable>();
    var handler =
        new Recording(
            run -> {
              throw new java.io.IOException("never");
            }) {
          @Override
          public void gaveUp(JobRun run, Throwable cause) {
            told.add(cause);
          }
        };
    node(test.database(), handler);
    add(UUID.randomUUID());

    assertThat(told.poll(15, TimeUnit.SECONDS)).hasMessage("never");
    assertThat(runs).hasSize(3);
    Awaitility.await().until(() -> waiting() == 0);
  }

  @Test
  void aKilledNodesJobIsTakenOverWithinFiveSeconds() throws Exception {
    var never = new CountDownLatch(1);
    var doomed = Database.open(test.app(), 4);
    var dead =
        new JobRunner(
            doomed, bell(), List.of(handler(run -> never.await())), JobLimits.of(4, Duration.ZERO));
    dead.start();
    open.add(dead);
    add(UUID.randomUUID());
    assertThat(runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    node(test.database(), handler(run -> {}));

    // The node loses its database at once and for ever: no heartbeat, no goodbye.
    doomed.close();
    long start = System.nanoTime();
    JobRun run = runs.poll(10, TimeUnit.SECONDS);

    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    Awaitility.await().until(() -> waiting() == 0);
  }

  @Test
  void aJobThatKeepsKillingItsNodeWaitsLongerEachTime() throws Exception {
    node(test.database(), handler(run -> {}));
    var subject = UUID.randomUUID();
    die(subject, 5);

    // Three deaths are free; then the pause is 1, 2, 4 seconds and so on.
    assertThat(pauseAfterDeath(subject)).isEqualTo(4);
    JobRun run = runs.poll(12, TimeUnit.SECONDS);
    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
  }

  @Test
  void deathsAreForgottenOnceTheJobGetsOn() throws Exception {
    var go = new CountDownLatch(1);
    node(
        test.database(),
        handler(
            run -> {
              run.progressed();
              go.await();
            }));
    var subject = UUID.randomUUID();
    die(subject, 1);

    assertThat(runs.poll(8, TimeUnit.SECONDS)).isNotNull();
    Awaitility.await().until(() -> deaths(subject) == 0);
    go.countDown();
  }

  /** A lease of a node that is dead, in a row with others before it. */
  private void die(UUID subject, int before) {
    test.database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    insert into scheduled_tasks
                           (task_name, task_instance, task_data, execution_time, picked, picked_by,
                            last_heartbeat, version, deaths)
                    values (?, ?, ?, now(), true, 'dead', now() - interval '1 minute', 7, ?)
                    """,
                    KIND.name(),
                    subject.toString(),
                    io.aragora.platform.json.Json.bytes(new JobData(workspace)),
                    before));
  }

  private long pauseAfterDeath(UUID subject) {
    Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> deaths(subject) == 6);
    return number(
        """
        select round(extract(epoch from execution_time - last_failure)) as n
          from scheduled_tasks
         where task_instance = ?
        """,
        subject);
  }

  private long deaths(UUID subject) {
    return number("select deaths as n from scheduled_tasks where task_instance = ?", subject);
  }

  private long number(String sql, UUID subject) {
    return test.database()
        .inSystemTransaction(
            tx -> tx.one(sql, row -> row.number("n"), subject.toString()).orElse(-1L));
  }

  @Test
  void aDrainGivesBackWhatIsNotDoneSoThatAnotherNodeGoesOnAtOnce() throws Exception {
    var never = new CountDownLatch(1);
    var draining =
        node(
            test.database(),
            handler(
                run -> {
                  while (!run.isDraining()) {
                    boolean unused = never.await(20, TimeUnit.MILLISECONDS);
                  }
                  run.giveBack();
                }));
    add(UUID.randomUUID());
    assertThat(runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    node(test.database(), handler(run -> {}));

    long start = System.nanoTime();
    draining.close();
    JobRun run = runs.poll(5, TimeUnit.SECONDS);

    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aDrainInterruptsWhatOutlastsTheGraceWithoutCountingAFailure() throws Exception {
    var never = new CountDownLatch(1);
    var draining = node(test.database(), handler(run -> never.await()));
    add(UUID.randomUUID());
    assertThat(runs.poll(5, TimeUnit.SECONDS)).isNotNull();

    draining.close();
    node(test.database(), handler(run -> {}));

    JobRun run = runs.poll(3, TimeUnit.SECONDS);
    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
  }

  @Test
  void neverRunsMoreAtOnceThanAllowed() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    node(
        test.database(),
        handler(
            run -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              boolean unused = new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS);
              running.decrementAndGet();
            }));
    for (int at = 0; at < 20; at++) {
      add(UUID.randomUUID());
    }

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
    assertThat(runs).hasSize(20);
    assertThat(most.get()).isBetween(2, 4);
  }

  private JobRunner node(Database database, JobHandler handler) {
    var runner =
        new JobRunner(database, bell(), List.of(handler), JobLimits.of(4, Duration.ofMillis(300)));
    open.add(runner);
    runner.start();
    return runner;
  }

  private Doorbell bell() {
    var bell = Doorbell.open(test.app());
    open.add(bell);
    Awaitility.await().until(bell::isConnected);
    return bell;
  }

  private void add(UUID subject) {
    test.database()
        .inSystemTransaction(
            tx -> {
              jobs.add(tx, KIND, subject, workspace);
              return true;
            });
  }

  private long waiting() {
    return test.database()
        .inSystemTransaction(
            tx ->
                tx.one("select count(*) as n from scheduled_tasks", row -> row.number("n"))
                    .orElseThrow());
  }

  private Recording handler(Work work) {
    return new Recording(work);
  }

  /** What a test's handler does. */
  @FunctionalInterface
  private interface Work {
    void run(JobRun run) throws Exception;
  }

  private class Recording implements JobHandler {
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
