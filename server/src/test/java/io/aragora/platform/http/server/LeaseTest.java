package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Reply;
import io.aragora.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Database database = TestDatabase.shared().database();
  private final WorkspaceId workspace = TestDatabase.shared().newWorkspace();

  private Idempotency at(Instant now) {
    return new Idempotency(database, UUID::randomUUID, InstantSource.fixed(now));
  }

  /** A node that claims the key and dies before it writes anything down. */
  private UUID dieWhileRunning() {
    var wish = new IdempotencyStore.Wish("k", "print", UUID.randomUUID(), UUID.randomUUID(), NOW);
    database.inTransaction(workspace, tx -> IdempotencyStore.claim(tx, workspace, wish));
    return wish.newId();
  }

  private static Reply made(UUID id) {
    return Reply.json(201, id.toString());
  }

  @Test
  void keepsOthersOutUntilTheLeaseEnds() {
    dieWhileRunning();
    Instant before = NOW.plus(Idempotency.LEASE).minusSeconds(1);
    assertThatThrownBy(() -> at(before).once(workspace, "k", "print", LeaseTest::made))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.IDEMPOTENCY_RUNNING));
  }

  @Test
  void letsTheNextRunTakeOverWithTheSameNewId() {
    UUID id = dieWhileRunning();
    Instant after = NOW.plus(Idempotency.LEASE).plusSeconds(1);
    var reply = at(after).once(workspace, "k", "print", LeaseTest::made);
    assertThat(new String(((Reply.BytesBody) reply.body()).bytes())).contains(id.toString());
  }

  @Test
  void doesNotLetALateFirstRunOverwriteTheSecond() {
    var late = new IdempotencyStore.Wish("k", "print", UUID.randomUUID(), UUID.randomUUID(), NOW);
    database.inTransaction(workspace, tx -> IdempotencyStore.claim(tx, workspace, late));
    Instant after = NOW.plus(Idempotency.LEASE).plusSeconds(1);
    at(after).once(workspace, "k", "print", LeaseTest::made);
    database.doInTransaction(
        workspace, tx -> IdempotencyStore.keep(tx, workspace, late, Reply.empty(204)));
    var kept = at(after).once(workspace, "k", "print", LeaseTest::made);
    assertThat(kept.status()).isEqualTo(201);
  }

  @Test
  void forgetsAfterADay() {
    at(NOW).once(workspace, "k", "print", LeaseTest::made);
    Instant nextDay = NOW.plus(Duration.ofHours(24)).plusSeconds(1);
    var reply = at(nextDay).once(workspace, "k", "other print", LeaseTest::made);
    assertThat(reply.headers()).doesNotContainKey("Idempotency-Replayed");
  }

  @Test
  void keepsWorkspacesApart() {
    at(NOW).once(workspace, "k", "print", LeaseTest::made);
    var other = TestDatabase.shared().newWorkspace();
    var reply = at(NOW).once(other, "k", "other print", LeaseTest::made);
    assertThat(reply.headers()).doesNotContainKey("Idempotency-Replayed");
  }
}
