package io.aragora.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs of a node that dies or drains go on elsewhere, and one that kills its nodes waits. */
final class JobTakeoverTest {
  private final JobNodes nodes = new JobNodes();

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  @Test
  void aKilledNodesJobIsTakenOverWithinFiveSeconds() throws Exception {
    var never = new CountDownLatch(1);
    var doomed = Database.open(nodes.test.app(), 4);
    var dead =
        new JobRunner(
            doomed,
            nodes.bell(),
            List.of(nodes.handler(run -> never.await())),
            JobLimits.of(4, Duration.ZERO));
    dead.start();
    nodes.open.add(dead);
    nodes.add(UUID.randomUUID());
    assertThat(nodes.runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    nodes.start(nodes.handler(run -> {}));

    // The node loses its database at once and for ever: no heartbeat, no goodbye.
    doomed.close();
    long start = System.nanoTime();
    JobRun run = nodes.runs.poll(10, TimeUnit.SECONDS);

    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    Awaitility.await().until(() -> nodes.waiting() == 0);
  }

  @Test
  void aJobThatKeepsKillingItsNodeWaitsLongerEachTime() throws Exception {
    nodes.start(nodes.handler(run -> {}));
    var subject = UUID.randomUUID();
    die(subject, 5);

    // Three deaths are free; then the pause is 1, 2, 4 seconds and so on.
    assertThat(pauseAfterDeath(subject)).isEqualTo(4);
    JobRun run = nodes.runs.poll(12, TimeUnit.SECONDS);
    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
  }

  @Test
  void deathsAreForgottenOnceTheJobGetsOn() throws Exception {
    var go = new CountDownLatch(1);
    nodes.start(
        nodes.handler(
            run -> {
              run.progressed();
              go.await();
            }));
    var subject = UUID.randomUUID();
    die(subject, 1);

    assertThat(nodes.runs.poll(8, TimeUnit.SECONDS)).isNotNull();
    Awaitility.await().until(() -> deaths(subject) == 0);
    go.countDown();
  }

  @Test
  void aDrainGivesBackWhatIsNotDoneSoThatAnotherNodeGoesOnAtOnce() throws Exception {
    var never = new CountDownLatch(1);
    var draining =
        nodes.start(
            nodes.handler(
                run -> {
                  while (!run.isDraining()) {
                    boolean unused = never.await(20, TimeUnit.MILLISECONDS);
                  }
                  run.giveBack();
                }));
    nodes.add(UUID.randomUUID());
    assertThat(nodes.runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    nodes.start(nodes.handler(run -> {}));

    long start = System.nanoTime();
    draining.close();
    JobRun run = nodes.runs.poll(5, TimeUnit.SECONDS);

    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aDrainInterruptsWhatOutlastsTheGraceWithoutCountingAFailure() throws Exception {
    var never = new CountDownLatch(1);
    var draining = nodes.start(nodes.handler(run -> never.await()));
    nodes.add(UUID.randomUUID());
    assertThat(nodes.runs.poll(5, TimeUnit.SECONDS)).isNotNull();

    draining.close();
    nodes.start(nodes.handler(run -> {}));

    JobRun run = nodes.runs.poll(3, TimeUnit.SECONDS);
    assertThat(run).isNotNull();
    assertThat(run.failures()).isZero();
  }

  /** A lease of a node that is dead, in a row with others before it. */
  private void die(UUID subject, int before) {
    nodes
        .test
        .database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    insert into scheduled_tasks
                           (task_name, task_instance, task_data, execution_time, picked, picked_by,
                            last_heartbeat, version, deaths)
                    values (?, ?, ?, now(), true, 'dead', now() - interval '1 minute', 7, ?)
                    """,
                    JobNodes.KIND.name(),
                    subject.toString(),
                    io.aragora.platform.json.Json.bytes(new JobData(nodes.workspace)),
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
    return nodes
        .test
        .database()
        .inSystemTransaction(
            tx -> tx.one(sql, row -> row.number("n"), subject.toString()).orElse(-1L));
  }
}
