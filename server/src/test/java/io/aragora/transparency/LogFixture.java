package io.aragora.transparency;

import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Database;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** An empty log on a real database that is the test's own, with keys and head in a folder. */
final class LogFixture implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

  final TestDatabase test;
  final Path headFile;
  final WorkspaceId workspace;
  final KeyRing keys;
  final TransparencyLog log;

  LogFixture(TestDatabase test, Path data) {
    this.test = test;
    this.headFile = data.resolve("log-head");
    asSuperuser("truncate log_origin, log_leaf, log_blind, log_node, log_checkpoint");
    workspace = test.newWorkspace();
    keys = KeyRing.open(data.resolve("keys"), CLOCK, new SecureRandom());
    log = newLog(headFile);
    log.open();
  }

  /** Another node on the same database, with a head file of its own if so named. */
  TransparencyLog newLog(Path head) {
    // So long that only a full batch can be what makes the sequencer publish.
    var settings = new LogSettings("log.example", head, Duration.ofHours(1));
    return new TransparencyLog(test.database(), keys, settings, CLOCK, new SecureRandom());
  }

  Leaf append(ReceiptId receipt) {
    return test.database()
        .inTransaction(workspace, tx -> log.append(tx, workspace, receipt, payload(receipt)));
  }

  void appendUpTo(int size) {
    test.database()
        .doInTransaction(
            workspace,
            tx -> {
              long index = -1;
              while (index < size - 1) {
                ReceiptId receipt = newReceipt();
                index = log.append(tx, workspace, receipt, payload(receipt)).index();
              }
            });
  }

  Checkpoint head() {
    return Checkpoint.open(log.checkpointNote().orElseThrow(), trusted());
  }

  List<VerifyKey> trusted() {
    return keys.publicKeys().keys(KeyPurpose.CHECKPOINT);
  }

  void asSuperuser(String sql) {
    try (var superuser = Database.open(test.superuser(), 1)) {
      superuser.inSystemTransaction(tx -> tx.update(sql));
    }
  }

  @Override
  public void close() {
    log.close();
  }

  static ReceiptId newReceipt() {
    return new ReceiptId(UUID.randomUUID());
  }

  static Sha256 payload(ReceiptId receipt) {
    return Sha256.ofText("payload of " + receipt);
  }
}
