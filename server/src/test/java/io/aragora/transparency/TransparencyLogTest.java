package io.aragora.transparency;

import static io.aragora.transparency.LogFixture.newReceipt;
import static io.aragora.transparency.LogFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.Merkle;
import io.aragora.platform.merkle.PlainTree;
import io.aragora.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransparencyLogTest {
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
  void anEmptyLogHasASignedHead() {
    Checkpoint head = on.head();
    assertThat(head.size()).isZero();
    assertThat(head.root()).isEqualTo(Merkle.emptyRoot());
  }

  @Test
  void aReceiptIsProvedOnceACheckpointCoversIt() {
    ReceiptId receipt = newReceipt();
    Leaf leaf = on.append(receipt);
    assertThat(log.proof(receipt)).isEmpty();
    log.publish();
    TlogProof proof = TlogProof.read(log.proof(receipt).orElseThrow().bytes());
    Checkpoint checkpoint = proof.verify(receipt, payload(receipt), on.trusted());
    assertThat(checkpoint).isEqualTo(on.head());
    assertThat(proof.index()).isEqualTo(leaf.index()).isZero();
  }

  @Test
  void nothingNewMeansNoNewCheckpoint() {
    on.append(newReceipt());
    assertThat(log.publish()).isPresent();
    assertThat(log.publish()).isEmpty();
  }

  @Test
  void sixteenAppendersAtOnceGetIndexesWithoutGaps() throws Exception {
    List<Long> indexes = Collections.synchronizedList(new ArrayList<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> appenders =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(n -> () -> appendTen(indexes))
              .toList();
      for (var each : threads.invokeAll(appenders)) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(indexes)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 160).boxed().toList());
  }

  @Test
  void anIndexTakenInARolledBackTransactionIsUsedAgain() {
    assertThatThrownBy(
            () ->
                test.database()
                    .doInTransaction(
                        on.workspace,
                        tx -> {
                          log.append(tx, on.workspace, newReceipt(), Sha256.ofText("lost"));
                          throw new IllegalStateException("changed my mind");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(on.append(newReceipt()).index()).isZero();
  }

  @Test
  void everyHeadContinuesTheOnesBeforeAcrossTiles() {
    List<Checkpoint> heads = new ArrayList<>();
    for (int size : List.of(1, 255, 256, 257, 511, 700)) {
      on.appendUpTo(size);
      heads.add(log.publish().orElseThrow());
    }
    for (Checkpoint old : heads) {
      var proof = log.consistency(old.size(), 700);
      assertThat(proof.verifies(old.root(), on.head().root())).as("from %d", old.size()).isTrue();
    }
    assertThat(on.head().root()).isEqualTo(rootFromPublicTiles(700));
  }

  @Test
  void servesTilesOfThePublishedTreeOnly() {
    on.appendUpTo(300);
    log.publish();
    on.appendUpTo(301);
    assertThat(log.tile(0, new TilePath(0, 256)).orElseThrow()).hasSize(256 * 32);
    assertThat(log.tile(0, new TilePath(1, 44)).orElseThrow()).hasSize(44 * 32);
    assertThat(log.tile(1, new TilePath(0, 1)).orElseThrow()).hasSize(32);
    assertThat(log.tile(0, new TilePath(1, 45))).isEmpty();
    assertThat(log.tile(0, new TilePath(1, 256))).isEmpty();
    assertThat(log.tile(2, new TilePath(0, 1))).isEmpty();
    assertThat(log.entries(new TilePath(1, 45))).isEmpty();
  }

  @Test
  void noLeafTellsItsWorkspaceAndNoTwoShareABlind() {
    Leaf first = on.append(newReceipt());
    Leaf second = on.append(newReceipt());
    assertThat(first.entry().tenantBlind()).isNotEqualTo(second.entry().tenantBlind());
    log.publish();
    String bundle =
        new String(log.entries(new TilePath(0, 2)).orElseThrow(), StandardCharsets.UTF_8);
    assertThat(bundle).doesNotContain(on.workspace.toString());
  }

  @Test
  void theBlindOpensOnlyToTheOneWhoKnowsTheSaltAndOnlyInsideTheWorkspace() {
    Leaf leaf = on.append(newReceipt());
    byte[] salt = salts(on.workspace).getFirst();
    byte[] name = on.workspace.toString().getBytes(StandardCharsets.US_ASCII);
    assertThat(leaf.entry().tenantBlind()).isEqualTo(Sha256.of(salt, name));
    assertThat(salts(test.newWorkspace())).isEmpty();
  }

  @Test
  void aLeafForAnotherWorkspaceIsRefusedByTheDatabase() {
    WorkspaceId other = test.newWorkspace();
    assertThatThrownBy(
            () ->
                test.database()
                    .doInTransaction(
                        on.workspace,
                        tx -> log.append(tx, other, newReceipt(), Sha256.ofText("x"))))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void theSequencerPublishesByItselfWhenABatchIsFull() {
    log.start();
    for (int n = 0; n < 300; n++) {
      on.append(newReceipt());
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> log.status().published() >= 255);
  }

  @Test
  void theSequencerPublishesByItselfAfterItsInterval() {
    var settings = new LogSettings("log.example", on.headFile, Duration.ofMillis(100));
    try (var quick =
        new TransparencyLog(
            test.database(), on.keys, settings, LogFixture.CLOCK, new SecureRandom())) {
      quick.start();
      on.append(newReceipt());
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> quick.status().published() == 1);
    }
  }

  private List<byte[]> salts(WorkspaceId asked) {
    return test.database()
        .inTransaction(
            asked, tx -> tx.list("select salt from log_blind", row -> row.bytes("salt")));
  }

  private boolean appendTen(List<Long> indexes) {
    for (int n = 0; n < 10; n++) {
      indexes.add(on.append(newReceipt()).index());
    }
    return true;
  }

  /** The root as a monitor computes it, from nothing but what is served. */
  private Sha256 rootFromPublicTiles(int size) {
    List<Sha256> leaves = new ArrayList<>();
    for (int tile = 0; tile * 256 < size; tile++) {
      int width = Math.min(256, size - tile * 256);
      leaves.addAll(TileBytes.hashes(log.tile(0, new TilePath(tile, width)).orElseThrow()));
    }
    return PlainTree.root(leaves);
  }
}
