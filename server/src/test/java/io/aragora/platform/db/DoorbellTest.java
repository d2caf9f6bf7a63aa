package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DoorbellTest {
  private static final Duration LONG = Duration.ofSeconds(1);

  private final TestDatabase test = TestDatabase.shared();
  private final Doorbell bell = Doorbell.open(test.app());

  @BeforeEach
  void connected() {
    Awaitility.await().until(bell::isConnected);
  }

  @AfterEach
  void close() {
    bell.close();
  }

  @Test
  void aRingComesThroughOnceTheTransactionCommits() throws Exception {
    try (var ticket = bell.listen("debate:1")) {
      boolean early =
          test.database()
              .inSystemTransaction(
                  tx -> {
                    Doorbell.ring(tx, "debate:1");
                    return rungWithin(ticket, Duration.ofMillis(100));
                  });
      assertThat(early).isFalse();
      assertThat(ticket.await(LONG)).isTrue();
    }
  }

  @Test
  void aRolledBackTransactionDoesNotRing() throws Exception {
    try (var ticket = bell.listen("debate:2")) {
      try {
        test.database()
            .inSystemTransaction(
                tx -> {
                  Doorbell.ring(tx, "debate:2");
                  throw new IllegalStateException("no");
                });
      } catch (IllegalStateException expected) {
        assertThat(ticket.await(Duration.ofMillis(200))).isFalse();
      }
    }
  }

  @Test
  void onlyTheSubjectRungIsCalled() throws Exception {
    try (var here = bell.listen("debate:3");
        var there = bell.listen("debate:4")) {
      ring("debate:3");
      assertThat(here.await(LONG)).isTrue();
      assertThat(there.await(Duration.ofMillis(50))).isFalse();
    }
  }

  @Test
  void manyRingsBeforeALookAreOne() throws Exception {
    try (var ticket = bell.listen("debate:5");
        var witness = bell.listen("debate:last")) {
      for (int at = 0; at < 20; at++) {
        ring("debate:5");
      }
      ring("debate:last");
      assertThat(witness.await(LONG)).isTrue();

      assertThat(ticket.await(LONG)).isTrue();
      assertThat(ticket.await(Duration.ofMillis(50))).isFalse();
    }
  }

  @Test
  void noWaitIsLongerThanTheSlowPoll() throws Exception {
    try (var ticket = bell.listen("debate:6")) {
      long start = System.nanoTime();
      assertThat(ticket.await(Duration.ofMinutes(1))).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void comesBackAfterItsConnectionWasCutAndRingsEverybodyThen() throws Exception {
    try (var ticket = bell.listen("debate:7")) {
      ring("debate:7");
      assertThat(ticket.await(LONG)).isTrue();

      cutLine();
      Awaitility.await().until(() -> rungWithin(ticket, Duration.ofMillis(50)));
      Awaitility.await().until(bell::isConnected);
      ring("debate:7");
      assertThat(ticket.await(LONG)).isTrue();
    }
  }

  private void cutLine() {
    test.database()
        .inSystemTransaction(
            tx ->
                tx.list(
                    """
                    select pg_terminate_backend(pid) as cut
                      from pg_stat_activity
                     where application_name = 'aragora-doorbell'
                       and datname = current_database()
                    """,
                    row -> row.flag("cut")));
  }

  private void ring(String subject) {
    test.database()
        .inSystemTransaction(
            tx -> {
              Doorbell.ring(tx, subject);
              return true;
            });
  }

  private static boolean rungWithin(Doorbell.Ticket ticket, Duration longest) {
    try {
      return ticket.await(longest);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }
}
