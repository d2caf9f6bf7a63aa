package io.aragora.transparency;

import static io.aragora.transparency.LogFixture.newReceipt;
import static io.aragora.transparency.LogFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does when the database no longer holds what was signed. */
final class LostLeavesTest {
  private static TestDatabase test;

  @TempDir Path data;
  private LogFixture on;
  private TransparencyLog log;

  @BeforeAll
  static void makeDatabase() {
    test = TestDatabase.own();
  }

  @AfterAll
  static void dropDatabase() {
    test.database().close();
  }

  @BeforeEach
  void openLog() {
    on = new LogFixture(test, data);
    log = on.log;
  }

  @AfterEach
  void closeLog() {
    on.close();
  }

  @Test
  void afterARestoreThatLostLeavesTheLogTakesNoMore() {
    on.appendUpTo(5);
    log.publish();
    loseLeavesFrom(3);
    assertClosedBecause("the last signed head has 5 leaves, the database only 3");
  }

  @Test
  void leavesPutInThePlaceOfLostOnesAreNoticed() {
    on.appendUpTo(5);
    log.publish();
    loseLeavesFrom(3);
    on.appendUpTo(9);
    assertClosedBecause("the leaves differ from those signed at size 5");
  }

  @Test
  void aDatabaseThatKnowsNothingOfItsSignedHeadIsNoticed() {
    on.appendUpTo(5);
    log.publish();
    loseLeavesFrom(0);
    assertClosedBecause("the last signed head has 5 leaves, the database only 0");
  }

  @Test
  void aDamagedHeadFileClosesTheLog() throws Exception {
    on.appendUpTo(2);
    log.publish();
    Files.writeString(on.headFile, "nonsense");
    assertClosedBecause("the last signed head cannot be read");
  }

  @Test
  void aLostHeadFileIsWrittenAgain() throws Exception {
    on.appendUpTo(2);
    log.publish();
    Files.delete(on.headFile);
    log.publish();
    assertThat(Files.readAllBytes(on.headFile)).isEqualTo(log.checkpointNote().orElseThrow());
    assertThat(log.status().isOpen()).isTrue();
  }

  @Test
  void aCrashBetweenHeadFileAndCommitIsNoLoss() throws Exception {
    on.appendUpTo(2);
    log.publish();
    on.appendUpTo(4);
    log.publish();
    on.asSuperuser("delete from log_checkpoint where tree_size = 4");
    assertThat(log.publish()).isPresent();
    assertThat(log.status()).isEqualTo(new LogStatus("log.example", 4, 4, null));
  }

  @Test
  void aReopenedLogLinksToTheOldAndKeepsEveryProof() {
    ReceiptId covered = newReceipt();
    on.append(covered);
    log.publish();
    on.appendUpTo(5);
    log.publish();
    loseLeavesFrom(2);
    ReceiptId uncovered = newReceipt();
    on.append(uncovered);
    log.publish();
    Checkpoint next = log.reopen("log.example/2");

    assertThat(next.origin()).isEqualTo("log.example/2");
    assertThat(log.status().isOpen()).isTrue();
    assertThat(link()).contains("\"origin\":\"log.example\"").contains("\"size\":5");
    assertProved(covered, "log.example");
    assertProved(uncovered, "log.example/2");
    ReceiptId later = newReceipt();
    on.append(later);
    log.publish();
    assertProved(later, "log.example/2");
    on.newLog(on.headFile).open();
    assertThat(log.status().isOpen()).isTrue();
  }

  @Test
  void anOpenLogCannotBeReopened() {
    assertThatThrownBy(() -> log.reopen("log.example/2"))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void aNodeThatKeptAnOldHeadFollowsTheReopenedLog() throws Exception {
    on.appendUpTo(2);
    log.publish();
    Path secondFile = data.resolve("second-head");
    Files.copy(on.headFile, secondFile);
    on.appendUpTo(5);
    log.publish();
    loseLeavesFrom(3);
    log.publish();
    log.reopen("log.example/2");
    on.append(newReceipt());
    assertThat(on.newLog(secondFile).publish()).isPresent();
    assertThat(log.status().isOpen()).isTrue();
    assertThat(Files.readAllBytes(secondFile)).isEqualTo(log.checkpointNote().orElseThrow());
  }

  private void assertClosedBecause(String reason) {
    log.publish();
    assertThat(log.status().closedBecause()).startsWith(reason);
    assertThatThrownBy(() -> on.append(newReceipt()))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.LOG_READ_ONLY));
  }

  private void assertProved(ReceiptId receipt, String origin) {
    Checkpoint checkpoint =
        log.proof(receipt).orElseThrow().verify(receipt, payload(receipt), on.trusted());
    assertThat(checkpoint.origin()).isEqualTo(origin);
  }

  private String link() {
    return new String(log.entries(new TilePath(0, 1)).orElseThrow(), StandardCharsets.UTF_8);
  }

  /** What a restore of an older backup does to these tables. */
  private void loseLeavesFrom(int index) {
    on.asSuperuser("delete from log_leaf where leaf_index >= " + index);
    on.asSuperuser("delete from log_checkpoint where tree_size > least(%d, 1)".formatted(index));
    on.asSuperuser("update log_origin set size = " + index);
  }
}
