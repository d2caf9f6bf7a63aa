package io.aragora.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a job that is added: done, tried again, asked for once more, given up. */
final class JobRunnerTest {
  private final JobNodes nodes = new JobNodes();

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  @Test
  void anIdleNodeTakesAJobUpAsSoonAsItsTransactionCommits() throws Exception {
    nodes.start(nodes.handler(run -> {}));
    nodes.add(UUID.randomUUID());
    nodes.runs.poll(5, TimeUnit.SECONDS);
    var subject = UUID.randomUUID();

    long start = System.nanoTime();
    nodes.add(subject);
    JobRun run = nodes.runs.poll(5, TimeUnit.SECONDS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
    assertThat(run).isNotNull();
    assertThat(run.subject()).isEqualTo(subject);
    assertThat(run.workspace()).isEqualTo(nodes.workspace);
    Awaitility.await().until(() -> nodes.waiting() == 0);
  }

  @Test
  void addingAJobThatWaitsOrRunsChangesNothing() throws Exception {
    var go = new CountDownLatch(1);
    var subject = UUID.randomUUID();
    nodes.add(subject);
    nodes.add(subject);
    nodes.start(nodes.handler(run -> go.await()));
    assertThat(nodes.runs.poll(5, TimeUnit.SECONDS)).isNotNull();
    nodes.add(subject);
    go.countDown();

    Awaitility.await().until(() -> nodes.waiting() == 0);
    assertThat(nodes.runs).isEmpty();
  }

  @Test
  void aRolledBackAddLeavesNoJob() {
    try {
      nodes
          .test
          .database()
          .inSystemTransaction(
              tx -> {
                nodes.jobs.add(tx, JobNodes.KIND, UUID.randomUUID(), nodes.workspace);
                throw new IllegalStateException("no");
              });
    } catch (IllegalStateException expected) {
      assertThat(nodes.waiting()).isZero();
    }
  }

  @Test
  void aFailingJobIsTriedAgainAndThenDone() throws Exception {
    var tries = new AtomicInteger();
    nodes.start(
        nodes.handler(
            run -> {
              if (tries.incrementAndGet() < 3) {
                throw new java.io.IOException("not yet");
              }
            }));
    nodes.add(UUID.randomUUID());

    for (int failures = 0; failures < 3; failures++) {
      JobRun run = nodes.runs.poll(10, TimeUnit.SECONDS);
      assertThat(run).isNotNull();
      assertThat(run.failures()).isEqualTo(failures);
    }
    Awaitility.await().until(() -> nodes.waiting() == 0);
  }

  @Test
  void givesUpAfterTheLastAttemptAndTellsTheHandlerWhy() throws Exception {
    var told = new LinkedBlockingQueue<Throwable>();
    var handler =
        nodes
        .new Recording(
            run -> {
              throw new java.io.IOException("never");
            }) {
          @Override
          public void gaveUp(JobRun run, Throwable cause) {
            told.add(cause);
          }
        };
    nodes.start(handler);
    nodes.add(UUID.randomUUID());

    assertThat(told.poll(15, TimeUnit.SECONDS)).hasMessage("never");
    assertThat(nodes.runs).hasSize(3);
    Awaitility.await().until(() -> nodes.waiting() == 0);
  }

  @Test
  void neverRunsMoreAtOnceThanAllowed() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    nodes.start(
        nodes.handler(
            run -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              boolean unused = new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS);
              running.decrementAndGet();
            }));
    for (int at = 0; at < 20; at++) {
      nodes.add(UUID.randomUUID());
    }

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> nodes.waiting() == 0);
    assertThat(nodes.runs).hasSize(20);
    assertThat(most.get()).isBetween(2, 4);
  }

  @Test
  void aJobThatAsksForItIsDoneOnceMoreAfterItsPause() throws Exception {
    nodes.start(
        nodes.handler(
            run -> {
              if (nodes.runs.size() < 2) {
                run.again(Duration.ofMillis(100));
              }
            }));
    nodes.add(UUID.randomUUID());

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> nodes.waiting() == 0);
    assertThat(nodes.runs).hasSize(2).allMatch(run -> run.failures() == 0);
  }
}
