package io.aragora.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.audit.AuditFixture;
import io.aragora.audit.desk.AuditDesk;
import io.aragora.audit.desk.AuditVerdict;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words go when their days are over; hashes stay, and so does the proof that nothing else went. */
final class RetentionTest {
  private static final String WITH_WORDS =
      "select count(*) from audit_entry where action = 'debates.create' and salt is not null";
  private static final String ERASED =
      """
      select count(*)
        from audit_entry
       where action = 'debates.create'
         and address is null
         and detail is null
         and salt is null
      """;

  private static TestDatabase test;

  @TempDir private Path data;
  private AuditFixture on;
  private Retention retention;

  @BeforeAll
  static void makeDatabase() {
    test = TestDatabase.own();
  }

  @AfterAll
  static void dropDatabase() {
    test.database().close();
  }

  @BeforeEach
  void start() {
    on = new AuditFixture(test, data);
    retention = new Retention(on.test.database(), on.log, on.clock);
  }

  @AfterEach
  void stop() {
    on.close();
  }

  @Test
  void wordsAreKeptForEverUnlessAWorkspaceSaysOtherwise() {
    on.append(3);
    pass(Duration.ofDays(4_000));
    retention.sweep();
    assertThat(retention.read(on.workspace)).isEqualTo(new RetentionView(null, null));
    assertThat(on.count(WITH_WORDS)).isEqualTo(3);
  }

  @Test
  void wordsGoAfterTheirDaysAndTheLogStillVerifies() {
    on.append(3);
    keep(30);
    pass(Duration.ofDays(20));
    on.append(2);
    pass(Duration.ofDays(12));
    retention.sweep();
    on.tree.publish();

    assertThat(on.count(ERASED)).isEqualTo(3);
    assertThat(on.count(WITH_WORDS)).isEqualTo(2);
    assertThat(verdict().firstBroken()).isNull();
    assertThat(retention.read(on.workspace).erasedUntil())
        .isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
  }

  @Test
  void theLogSaysOnceADayThatWordsWereErased() {
    on.append(3);
    keep(30);
    pass(Duration.ofDays(32));
    retention.sweep();
    retention.sweep();
    pass(Duration.ofDays(1));
    retention.sweep();
    assertThat(on.count("select count(*) from audit_entry where action = 'audit.erase'"))
        .as("the second day there was one more entry to erase: that of the setting itself")
        .isLessThanOrEqualTo(2);
    long before = on.count("select count(*) from audit_entry");
    retention.sweep();
    assertThat(on.count("select count(*) from audit_entry")).isEqualTo(before);
  }

  @Test
  void anotherWorkspaceKeepsItsWords() {
    var other = on.test.newWorkspace();
    on.append(
        other,
        AuditFixture.ANNA,
        io.aragora.audit.AuditNote.of("debates.create", "debate", "x").with("a", "b"));
    keep(30);
    pass(Duration.ofDays(60));
    retention.sweep();
    assertThat(on.count(WITH_WORDS)).isEqualTo(1);
  }

  @Test
  void moreWordsThanOneStatementTakesAllGo() {
    on.append(30);
    on.asSuperuser(
        """
        insert into audit_entry
        select gen_random_uuid(), workspace_id, at, 'bulk', target_kind, target_id, outcome,
               actor_kind, actor_id, request_id, before_sha256, after_sha256, address, detail,
               salt, body
          from audit_entry
         cross join generate_series(1, 400)
        """);
    keep(30);
    pass(Duration.ofDays(60));
    retention.sweep();
    assertThat(on.count("select count(*) from audit_entry where action = 'bulk'"))
        .isEqualTo(12_000);
    assertThat(
            on.count("select count(*) from audit_entry where action = 'bulk' and salt is not null"))
        .isZero();
  }

  @Test
  void whatIsForgottenAboutAPersonLeavesTheLogVerifying() {
    on.append(2);
    on.append(
        on.workspace,
        AuditFixture.BEN,
        io.aragora.audit.AuditNote.of("debates.create", "debate", "x").with("a", "b"));
    on.append(
        io.aragora.audit.AuditNote.of("members.remove", "member", AuditFixture.BEN)
            .with("name", "Ben"));
    on.test
        .database()
        .doInTransaction(on.workspace, tx -> on.log.forget(tx, on.workspace, AuditFixture.BEN));
    on.tree.publish();
    assertThat(on.count("select count(*) from audit_entry where salt is null")).isEqualTo(3);
    assertThat(verdict().firstBroken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 29, 36_501, Integer.MAX_VALUE})
  void refusesDaysThatWouldHideWhatWasJustDone(int days) {
    assertThatThrownBy(() -> new RetentionView.Wish(days))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void keep(int days) {
    assertThat(retention.set(on.workspace, new RetentionView.Wish(days)).days()).isEqualTo(days);
  }

  private void pass(Duration time) {
    on.now.updateAndGet(now -> now.plus(time));
  }

  private AuditVerdict verdict() {
    return AuditDesk.verify(on.test.database(), on.keys.publicKeys(), on.tree.keptHead());
  }
}
