package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that stands still in the middle of a transaction does not hold the others up. */
class StalledTransactionTest {
  private final TestDatabase home = TestDatabase.own();
  private final CountDownLatch locked = new CountDownLatch(1);
  private final CountDownLatch wakeUp = new CountDownLatch(1);

  @BeforeEach
  void aRow() {
    home.newWorkspace();
  }

  @AfterEach
  void done() {
    home.database().close();
  }

  @Test
  void itsLocksAreFreedWithinAFewSecondsAndItCannotCommit() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = Database.open(home.superuser(), 2)) {
      Future<Boolean> stalled = threads.submit(this::stall);
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();
      int changed = other.inSystemTransaction(tx -> tx.update("update workspace set name = 'b'"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      wakeUp.countDown();
      assertThat(changed).isEqualTo(1);
      assertThatThrownBy(() -> stalled.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DatabaseFault.class);
    }
  }

  @Test
  void whoWaitsForALockTooLongGivesUpAndMayTryAgain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var ours = Database.open(home.superuser(), 2)) {
      Future<Boolean> holder = threads.submit(this::holdForEver);
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(
              () -> ours.inSystemTransaction(tx -> tx.update("update workspace set name = 'b'")))
          .isInstanceOfSatisfying(
              DatabaseFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(DatabaseFault.Kind.RETRY));
      wakeUp.countDown();
      assertThat(holder.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** As a program of the operator's does, whose session is none of ours. */
  private boolean holdForEver() throws SQLException, InterruptedException {
    DatabaseAddress who = home.superuser();
    try (var connection = DriverManager.getConnection(who.url(), who.user(), who.password());
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("update workspace set name = 'a'");
      locked.countDown();
      return wakeUp.await(60, TimeUnit.SECONDS);
    }
  }

  private boolean stall() {
    try (var database = Database.open(home.superuser(), 2)) {
      return database.inSystemTransaction(
          tx -> {
            tx.update("update workspace set name = 'a'");
            locked.countDown();
            try {
              return wakeUp.await(60, TimeUnit.SECONDS)
                  && tx.update("update workspace set name = 'late'") > 0;
            } catch (InterruptedException stop) {
              throw new IllegalStateException(stop);
            }
          });
    }
  }
}
