package io.aragora.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.audit.desk.AuditDesk;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.InclusionProof;
import io.aragora.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries get their places once, without a gap, and heads are signed only over what continues. */
final class AuditTreeTest {
  private static TestDatabase test;

  @TempDir private Path data;
  private AuditFixture on;

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
    on.tree.publish();
  }

  @AfterEach
  void stop() {
    on.close();
  }

  @Test
  void whatManyWriteAtOnceStandsInDensePlaces() throws Exception {
    try (var second = on.newTree(data.resolve("second-head"));
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      on.tree.start();
      second.start();
      for (int thread = 0; thread < 16; thread++) {
        writers.submit(() -> on.append(40));
      }
    }
    // While its own rounds go on, one asked for finds another at work and leaves it to that.
    on.tree.close();
    on.tree.publish();
    assertThat(on.count("select count(*) from audit_leaf")).isEqualTo(640);
    assertThat(on.count("select max(leaf_index) + 1 as count from audit_leaf")).isEqualTo(640);
    assertThat(on.count("select count(*) from audit_pending")).isZero();
    assertThat(head().size()).isEqualTo(640);
    assertWhole();
  }

  @Test
  void aChangeThatIsRolledBackLeavesNoEntryAndNoGap() {
    on.append(2);
    assertThatThrownBy(
            () ->
                on.test
                    .database()
                    .doInTransaction(
                        on.workspace,
                        tx -> {
                          on.log.append(tx, on.workspace, note());
                          throw new IllegalStateException("not after all");
                        }))
        .hasMessage("not after all");
    on.append(1);
    on.tree.publish();
    assertThat(head().size()).isEqualTo(3);
    assertWhole();
  }

  @Test
  void anEntryProvesItsPlaceToAnybody() {
    on.append(300);
    on.tree.publish();
    UUID entry = idAt(137);
    AuditProof proof =
        on.test
            .database()
            .inTransaction(on.workspace, tx -> on.tree.proof(tx, entry))
            .orElseThrow();
    var signed =
        Checkpoint.open(proof.checkpoint().getBytes(StandardCharsets.UTF_8), on.tree.trusted());
    var path =
        new InclusionProof(
            proof.index(), proof.size(), proof.path().stream().map(Sha256::ofHex).toList());
    assertThat(proof.index()).isEqualTo(137);
    assertThat(path.verifies(Sha256.ofHex(proof.leafSha256()), signed.root())).isTrue();
  }

  @Test
  void anEntryHasNoProofUntilAHeadCoversIt() {
    on.append(1);
    UUID entry = UUID.fromString("01920000-0000-7000-8000-000000000000");
    Optional<AuditProof> proof =
        on.test.database().inTransaction(on.workspace, tx -> on.tree.proof(tx, entry));
    assertThat(proof).isEmpty();
  }

  @Test
  void aSequencerThatDiedBetweenNumberingAndSigningIsFollowedByOneThatGoesOn() {
    on.append(5);
    on.tree.publish();
    on.append(4);
    var store = new AuditTreeStore();
    on.test.database().inSystemTransaction(tx -> store.number(tx, 2));
    on.tree.close();

    try (var next = on.newTree(on.head)) {
      next.publish();
      assertThat(next.fault()).isEmpty();
      assertThat(head().size()).isEqualTo(9);
    }
    assertWhole();
  }

  @Test
  void aHeadThatTheDatabaseNeverHeardOfIsSignedAgain() throws Exception {
    on.append(5);
    on.tree.publish();
    byte[] kept = Files.readAllBytes(on.head);
    on.asSuperuser("delete from audit_checkpoint where tree_size = 5");
    on.tree.publish();
    assertThat(on.tree.fault()).isEmpty();
    assertThat(on.tree.checkpointNote()).hasValue(kept);
    assertWhole();
  }

  @Test
  void aLostHeadFileIsWrittenAgain() throws Exception {
    on.append(2);
    on.tree.publish();
    Files.delete(on.head);
    on.tree.publish();
    assertThat(Files.readAllBytes(on.head)).isEqualTo(on.tree.checkpointNote().orElseThrow());
  }

  @Test
  void aDatabaseThatLostEntriesIsNotSignedForAndTakesEntriesAllTheSame() {
    on.append(9);
    on.tree.publish();
    truncateTo(6);
    on.tree.publish();
    assertThat(on.tree.fault()).hasValue("the last signed head has 9 leaves, the database only 6");

    on.append(5);
    assertThat(on.tree.publish()).isEmpty();
    assertThat(on.count("select count(*) from audit_pending")).isEqualTo(5);
    assertThat(AuditDesk.verify(on.test.database(), on.keys.publicKeys(), on.tree.keptHead()))
        .satisfies(
            verdict -> {
              assertThat(verdict.ok()).isFalse();
              assertThat(Objects.requireNonNull(verdict.firstBroken()).what())
                  .contains("the database has only 6");
            });
  }

  @Test
  void aLossIsAcceptedByMovingTheKeptHeadAside() throws Exception {
    on.append(9);
    on.tree.publish();
    truncateTo(6);
    on.tree.publish();
    on.append(2);
    Files.move(on.head, data.resolve("proof-of-the-loss"));
    on.tree.publish();
    assertThat(on.tree.fault()).isEmpty();
    assertThat(head().size()).isEqualTo(8);
    assertWhole();
  }

  @Test
  void otherEntriesInThePlaceOfLostOnesAreNotSigned() {
    on.append(9);
    on.tree.publish();
    truncateTo(6);
    on.append(8);
    on.asSuperuser(
        """
        insert into audit_leaf
        select row_number() over (order by entry_id) + 5, entry_id, leaf_hash
          from audit_pending
        """);
    on.asSuperuser("delete from audit_pending");
    on.tree.publish();
    assertThat(on.tree.fault()).hasValue("the leaves differ from those signed at size 9");
  }

  @Test
  void aGapInTheLeavesIsAFaultAndNoCrash() {
    on.append(600);
    on.tree.publish();
    on.asSuperuser("delete from audit_leaf where leaf_index = 300");
    on.asSuperuser("delete from audit_node");
    on.asSuperuser("delete from audit_checkpoint");
    on.tree.publish();
    assertThat(on.tree.fault()).isPresent();
  }

  @Test
  void aDamagedHeadIsAFault() throws Exception {
    on.append(1);
    on.tree.publish();
    Files.writeString(on.head, "nonsense");
    on.tree.publish();
    assertThat(on.tree.fault().orElseThrow()).startsWith("the last signed head cannot be read");
  }

  @Test
  void aFaultEndsOnceTheLostEntriesAreBack() {
    on.append(9);
    on.tree.publish();
    on.asSuperuser("create table away as select * from audit_leaf where leaf_index > 5");
    on.asSuperuser("delete from audit_leaf where leaf_index > 5");
    on.tree.publish();
    assertThat(on.tree.fault()).isPresent();
    on.asSuperuser("insert into audit_leaf select * from away");
    on.asSuperuser("drop table away");
    on.append(1);
    on.tree.publish();
    assertThat(on.tree.fault()).isEmpty();
    assertThat(head().size()).isEqualTo(10);
    assertWhole();
  }

  private void truncateTo(int size) {
    on.asSuperuser(
        "delete from audit_entry where entry_id in"
            + " (select entry_id from audit_leaf where leaf_index >= %d)".formatted(size));
    on.asSuperuser("delete from audit_leaf where leaf_index >= " + size);
    on.asSuperuser("delete from audit_checkpoint where tree_size > " + size);
  }

  private void assertWhole() {
    assertThat(AuditDesk.verify(on.test.database(), on.keys.publicKeys(), on.tree.keptHead()))
        .satisfies(verdict -> assertThat(verdict.firstBroken()).isNull());
  }

  private Checkpoint head() {
    return Checkpoint.open(on.tree.checkpointNote().orElseThrow(), on.tree.trusted());
  }

  private UUID idAt(long index) {
    var found = new UUID[1];
    on.asSuperuser(
        tx ->
            found[0] =
                tx.one(
                        "select entry_id from audit_leaf where leaf_index = ?",
                        row -> row.uuid("entry_id"),
                        index)
                    .orElseThrow());
    return found[0];
  }

  private static AuditNote note() {
    return AuditNote.of("debates.create", "debate", UUID.randomUUID());
  }
}
