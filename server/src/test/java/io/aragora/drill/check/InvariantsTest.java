package io.aragora.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.history.PaidCall;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.merkle.Checkpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every invariant holds after healthy traffic, and each is seen to be broken when it is broken. */
class InvariantsTest {
  private static final History HISTORY = new History();
  private static Rig rig;
  private static NodeProcess node;

  @BeforeAll
  static void someDebates() throws Exception {
    rig = Rig.open(1);
    rig.panel().taking(Duration.ZERO, Duration.ofMillis(20));
    node = rig.start("node", NodeOptions.usual());
    String key = rig.key().secret();
    try (var traffic = Traffic.start(new Fleet().with(node), key, HISTORY, 1, 3)) {
      assertThat(traffic.awaitAll(Duration.ofMinutes(1))).isTrue();
    }
    assertThat(Until.isTrue(Duration.ofSeconds(20), () -> "ok".equals(found().get("I8")))).isTrue();
  }

  @AfterAll
  static void nothingIsLeft() throws IOException {
    rig.close();
  }

  @Test
  void allHoldAfterHealthyTraffic() throws IOException {
    var all = new TreeMap<>(found());
    all.putAll(Outside.check(rig, node, HISTORY));
    assertThat(all.values()).as(all.toString()).containsOnly("ok");
  }

  @Test
  void seesALedgerThatDoesNotAddUp() {
    planted("I1", "ledger_entry", "update ledger_entry set charged = charged + 1");
  }

  @Test
  void seesACallBookedAtAnotherPrice() {
    Map<String, List<PaidCall>> dearer = new TreeMap<>();
    rig.panel()
        .calls()
        .forEach(
            (id, calls) ->
                dearer.put(
                    id,
                    calls.stream()
                        .map(
                            call ->
                                new PaidCall(
                                    id,
                                    call.node(),
                                    call.began(),
                                    call.endedNanos(),
                                    call.input() + 1_000,
                                    call.output()))
                        .toList()));
    assertThat(new Invariants(rig.database(), rig.keys()).check(HISTORY, dearer).get("I1"))
        .contains("cost");
  }

  @Test
  void seesABudgetOverItsCap() {
    planted(
        "I2",
        "budget",
        "alter table budget drop constraint budget_never_over; update budget set cap = 0,"
            + " committed = 0");
  }

  @Test
  void seesAClosedDebateWithoutALeaf() {
    planted(
        "I3",
        "log_leaf",
        "update log_leaf set receipt_id = gen_random_uuid() where leaf_index = 0");
  }

  @Test
  void seesAGapAmongTheLeaves() {
    planted("I4", "log_leaf", "update log_leaf set leaf_index = 7 where leaf_index = 1");
  }

  @Test
  void seesAHeadThatDoesNotContinueTheOneBefore() {
    var head = Checkpoint.unverified(newestNote());
    byte[] forged =
        new Checkpoint(head.origin(), head.size(), Sha256.of(new byte[] {1}))
            .sign(rig.keys().checkpointSigner());
    String hex = java.util.HexFormat.of().formatHex(forged);
    planted(
        "I5",
        "log_checkpoint",
        "update log_checkpoint set note = decode('%s', 'hex') where tree_size = %d"
            .formatted(hex, head.size()));
  }

  @Test
  void seesThatAStrangerCanLookIn() throws IOException {
    run("alter table debate disable row level security");
    try {
      assertThat(outside("I6")).contains("stranger");
    } finally {
      run("alter table debate enable row level security");
    }
  }

  @Test
  void seesAnAcknowledgedDebateThatIsGone() {
    var more = new History();
    more.add(new OpenAcknowledged(1, "key", UUID.randomUUID()));
    assertThat(new Invariants(rig.database(), rig.keys()).check(more, Map.of()).get("I7"))
        .contains("is gone");
  }

  @Test
  void seesAJobThatIsLeft() {
    planted(
        "I8",
        "scheduled_tasks",
        """
        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
        values ('debate', gen_random_uuid()::text, now() + interval '1 day', false, 1)
        """);
  }

  @Test
  void seesAnEventThatWasChanged() {
    planted(
        "chains",
        "debate_event",
        "update debate_event set body = replace(body, 'a', 'b') where seq = 2");
  }

  @Test
  void seesAReceiptThatWasChanged() throws IOException {
    try (var undo = new Undo("receipt")) {
      run("update receipt set envelope = overlay(envelope placing '\\x41' from 100)");
      assertThat(outside("receipts")).isNotEqualTo("ok");
    }
  }

  private static byte[] newestNote() {
    return rig.database()
        .inSystemTransaction(
            tx ->
                tx.one(
                    "select note from log_checkpoint order by tree_size desc limit 1",
                    row -> row.bytes("note")))
        .orElseThrow();
  }

  private static Map<String, String> found() {
    return new Invariants(rig.database(), rig.keys()).check(HISTORY, rig.panel().calls());
  }

  /** The planted fault is seen by the invariant it breaks; then the table is put back. */
  private static void planted(String invariant, String table, String sql) {
    try (var undo = new Undo(table)) {
      run(sql);
      assertThat(found().get(invariant)).isNotEqualTo("ok");
    }
    assertThat(found().get(invariant)).as("after it was undone").isEqualTo("ok");
  }

  /** A copy of a table, and the table as it was when this closes. */
  private record Undo(String table) implements AutoCloseable {
    Undo {
      run("create table kept_%1$s as table %1$s".formatted(table));
    }

    @Override
    public void close() {
      run(
          """
          set local session_replication_role = replica;
          delete from %1$s;
          insert into %1$s overriding system value select * from kept_%1$s;
          drop table kept_%1$s
          """
              .formatted(table));
    }
  }

  private static void run(String sql) {
    rig.database().inSystemTransaction(tx -> tx.update(sql));
  }

  private static String outside(String invariant) throws IOException {
    return Outside.check(rig, node, HISTORY).getOrDefault(invariant, "was not looked at");
  }
}
