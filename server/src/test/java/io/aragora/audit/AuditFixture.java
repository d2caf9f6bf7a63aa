package io.aragora.audit;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An empty audit log on a database of the test class, with a settable clock and ids in order. */
public final class AuditFixture implements AutoCloseable {
  public static final ActorId ANNA = new ActorId(new UUID(0, 0xA));
  public static final ActorId BEN = new ActorId(new UUID(0, 0xB));

  public final TestDatabase test;
  public final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));

  /** Each look is a millisecond later. */
  public final InstantSource clock = () -> now.updateAndGet(last -> last.plusMillis(1));

  public final WorkspaceId workspace;
  public final KeyRing keys;
  public final Path head;
  public final AuditLog log;
  public final AuditTree tree;
  private final AtomicLong next = new AtomicLong();
  private final Database superuser;

  public AuditFixture(TestDatabase test, Path data) {
    this.test = test;
    superuser = Database.open(test.superuser(), 1);
    asSuperuser(
        "truncate audit_entry, audit_pending, audit_leaf, audit_node, audit_checkpoint,"
            + " audit_retention");
    workspace = test.newWorkspace();
    head = AuditTree.headIn(data);
    keys = KeyRing.open(data.resolve("keys"), clock, new SecureRandom());
    log = new AuditLog(this::nextId, clock, new SecureRandom());
    tree = newTree(head);
  }

  /** Ids that are ordered as they are made, as those of production are. */
  private UUID nextId() {
    return new UUID(0x0192_0000_0000_7000L + next.getAndIncrement(), 0x8000_0000_0000_0000L);
  }

  /** Another node, with a head file of its own if so named. */
  public AuditTree newTree(Path file) {
    return new AuditTree(
        test.database(),
        keys,
        new AuditTree.Place(
            AuditTree.originOf(keys.publicKeys().logName()), file, Duration.ofMillis(5)));
  }

  /** One entry by Anna in the first workspace. */
  public void append(AuditNote note) {
    append(workspace, ANNA, note);
  }

  public void append(WorkspaceId where, ActorId who, AuditNote note) {
    var doer = new Doer(Doer.Kind.PERSON, who, Optional.of("192.0.2.7"));
    test.database().doInTransaction(where, tx -> log.append(tx, where, note, doer));
  }

  public void append(int many) {
    for (int n = 0; n < many; n++) {
      append(AuditNote.of("debates.create", "debate", UUID.randomUUID()).with("n", "" + n));
    }
  }

  public void asSuperuser(Consumer<Tx> work) {
    superuser.inSystemTransaction(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  public void asSuperuser(String sql) {
    asSuperuser(
        tx -> {
          int unused = tx.update(sql);
        });
  }

  public long count(String sql) {
    var found = new AtomicLong();
    asSuperuser(tx -> found.set(tx.one(sql, row -> row.number("count")).orElseThrow()));
    return found.get();
  }

  @Override
  public void close() {
    tree.close();
    superuser.close();
  }
}
