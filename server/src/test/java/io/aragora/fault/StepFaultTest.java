package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.access.FirstKey;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.line.FaultyLine;
import io.aragora.testing.line.Scope;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the server does without a request, with each of its round trips failing in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFaultTest {
  private static final InstantSource CLOCK = InstantSource.system();

  private TestDatabase test;
  private FaultyLine line;
  private Database database;
  private Database superuser;

  @BeforeAll
  void start() {
    test = TestDatabase.own();
    line = FaultyLine.to(test.app());
    database = Database.open(line.address(), 2);
    superuser = Database.open(test.superuser(), 1);
  }

  @AfterAll
  void stop() {
    database.close();
    superuser.close();
    line.close();
    test.database().close();
  }

  @Test
  void theFirstWorkspaceIsMadeOnceWhicheverRoundTripFails() {
    var access = new Access(database, UUID::randomUUID, CLOCK);
    line.count(Scope.ALL);
    access.bootstrap("First");
    for (Shot shot : Shot.atChange(line.counted())) {
      asSuperuser("truncate first_workspace, api_key, workspace cascade");
      line.spoil(shot.nth(), shot.fault(), Scope.ALL);
      tried(() -> access.bootstrap("First"));
      FirstKey first = access.bootstrap("First");
      NewKey key =
          first
              .key()
              .orElseGet(
                  () ->
                      access.createKey(
                          first.workspace(),
                          new ActorId(UUID.randomUUID()),
                          "owner",
                          EnumSet.allOf(Permission.class),
                          Duration.ofDays(1)));
      assertThat(access.authenticate(key.secret())).as("%s", shot).isPresent();
      assertThat(rows("workspace")).as("%s", shot).isEqualTo(1);
      assertThat(rows("first_workspace")).as("%s", shot).isEqualTo(1);
    }
  }

  @Test
  void theLogGoesOnWhicheverRoundTripOfACheckpointFails(@TempDir Path folder) {
    KeyRing keys = KeyRing.open(folder.resolve("keys"), CLOCK, new SecureRandom());
    var settings = new LogSettings("log.example", folder.resolve("log-head"), Duration.ofHours(1));
    try (var log = new TransparencyLog(database, keys, settings, CLOCK, new SecureRandom())) {
      log.open();
      append(log);
      line.count(Scope.ALL);
      log.publish();
      long leaves = 1;
      for (Shot shot : Shot.atChange(line.counted())) {
        append(log);
        leaves++;
        line.spoil(shot.nth(), shot.fault(), Scope.ALL);
        tried(log::publish);
        line.count(Scope.ALL);
        awaitHead(log, keys, leaves);
        assertThat(log.status().closedBecause()).as("%s", shot).isNull();
      }
      assertThat(List.of(rows("log_leaf"), rows("log_checkpoint") - 1)).containsOnly(leaves);
    }
  }

  /** A server that was cut off keeps the sequencer's lock until it notices. */
  private static void awaitHead(TransparencyLog log, KeyRing keys, long leaves) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              log.publish();
              byte[] note = log.checkpointNote().orElseThrow();
              return Checkpoint.open(note, keys.publicKeys().keys(KeyPurpose.CHECKPOINT)).size();
            },
            size -> size == leaves);
  }

  /** Past the line: only the checkpoint is to fail. */
  private void append(TransparencyLog log) {
    var receipt = new ReceiptId(UUID.randomUUID());
    var workspace = test.newWorkspace();
    test.database()
        .inTransaction(
            workspace, tx -> log.append(tx, workspace, receipt, Sha256.ofText("" + receipt)));
  }

  /** Does it; a database that fails is what was asked for. */
  private void tried(Runnable step) {
    try {
      step.run();
    } catch (DatabaseFault spoiled) {
      assertThat(spoiled.kind())
          .isIn(DatabaseFault.Kind.UNAVAILABLE, DatabaseFault.Kind.RETRY, DatabaseFault.Kind.FULL);
    }
  }

  private void asSuperuser(String sql) {
    superuser.inSystemTransaction(tx -> tx.update(sql));
  }

  private long rows(String table) {
    return superuser
        .inSystemTransaction(
            tx -> tx.one("select count(*) as rows from " + table, row -> row.number("rows")))
        .orElseThrow();
  }
}
