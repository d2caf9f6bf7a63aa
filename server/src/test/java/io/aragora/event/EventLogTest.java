package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogTest {
  private final TestDatabase test = TestDatabase.shared();
  private final EventLog log =
      new EventLog(InstantSource.fixed(Instant.parse("2026-11-23T12:00:00.123456789Z")));
  private final WorkspaceId workspace = test.newWorkspace();
  private final DebateId debate = new DebateId(UUID.randomUUID());

  @Test
  void numbersEventsFromOneWithoutAGap() {
    assertThat(append(round(1), round(2))).containsExactly(1L, 2L);
    assertThat(append(round(3))).containsExactly(3L);
    assertThat(append()).isEmpty();
    assertThat(read()).extracting(StoredEvent::seq).containsExactly(1L, 2L, 3L);
  }

  @Test
  void everyTypeIsReadBackAsItWasWritten() {
    var samples = EventSamples.all();
    append(samples.toArray(Event[]::new));

    assertThat(read()).extracting(StoredEvent::event).containsExactlyElementsOf(samples);
    assertThat(samples)
        .extracting(Event::type)
        .containsExactlyElementsOf(EventTypes.all().keySet())
        .containsExactly(
            "debate.opened",
            "debate.started",
            "round.started",
            "draft.submitted",
            "challenge.submitted",
            "ballot.cast",
            "evidence.checked",
            "agreement.computed",
            "seat.failed",
            "seat.substituted",
            "budget.held",
            "budget.settled",
            "budget.exceeded",
            "round.completed",
            "debate.decided",
            "receipt.issued",
            "debate.closed");
  }

  @Test
  void keepsTheCanonicalTextThatGoesOverTheWire() {
    append(round(7));

    assertThat(read().getFirst().body())
        .isEqualTo(
            """
            {"at":"2026-11-23T12:00:00.123Z","data":{"move":"ballot","round":7},"debate_id":"%s",\
            "seq":1,"type":"round.started"}"""
                .formatted(debate));
  }

  @Test
  void aRolledBackAppendLeavesNoGap() {
    append(round(1));
    assertThatThrownBy(
            () ->
                in(
                    tx -> {
                      log.append(tx, workspace, debate, List.of(round(2)));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(append(round(3))).containsExactly(2L);
  }

  @Test
  void writersAtOnceStillMakeOneUnbrokenChain() {
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int at = 0; at < 100; at++) {
        int round = at;
        var unused = pool.submit(() -> append(round(round), round(round)));
      }
    }

    assertThat(read())
        .extracting(StoredEvent::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(verify()).isEqualTo(new ChainCheck.Intact(head()));
    assertThat(head().count()).isEqualTo(200);
  }

  @Test
  void nothingFollowsTheLastEvent() {
    var closed = EventSamples.all().getLast();
    assertThatThrownBy(() -> append(closed, round(1))).isInstanceOf(IllegalArgumentException.class);
    append(closed);
    assertThatThrownBy(() -> append(round(1))).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update debate_event set body = replace(body, 'ballot', 'ballit') where seq = 2 and",
        "update debate_event set type = 'round.completed' where seq = 2 and",
        "update debate_event set hash = repeat('0', 64) where seq = 2 and",
        "delete from debate_event where seq = 2 and"
      })
  void findsTheFirstEventThatWasTouched(String crime) {
    append(round(1), round(2), round(3));
    asSuperuser(crime + " debate_id = '" + debate + "'");

    assertThat(verify())
        .isInstanceOfSatisfying(
            ChainCheck.Broken.class, broken -> assertThat(broken.seq()).isEqualTo(2));
  }

  @Test
  void findsThatTheEndWasCutOff() {
    append(round(1), round(2), round(3));
    asSuperuser("delete from debate_event where seq = 3 and debate_id = '" + debate + "'");

    assertThat(verify()).isEqualTo(new ChainCheck.Broken(3, "the stream says it has 3"));
  }

  @Test
  void theAppCanNeitherChangeNorRemoveAnEvent() {
    append(round(1));
    for (String crime : List.of("update debate_event set seq = 9", "delete from debate_event")) {
      assertThatThrownBy(() -> in(tx -> tx.update(crime)))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void anotherWorkspaceSeesNothingAndCannotAppend() {
    append(round(1));
    var other = test.newWorkspace();

    List<StoredEvent> seen =
        test.database().inTransaction(other, tx -> log.read(tx, debate, 0, 10));
    assertThat(seen).isEmpty();
    assertThatThrownBy(
            () ->
                test.database()
                    .inTransaction(other, tx -> log.append(tx, other, debate, List.of(round(2)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAWorkspaceTheEventsCannotBeRead() {
    for (String table : List.of("debate_stream", "debate_event")) {
      assertThatThrownBy(
              () ->
                  test.database()
                      .inSystemTransaction(
                          tx ->
                              tx.list(
                                  "select 1::bigint as n from " + table, row -> row.number("n"))))
          .isInstanceOf(DatabaseFault.class);
    }
  }

  private List<Long> append(Event... events) {
    return in(tx -> log.append(tx, workspace, debate, List.of(events)));
  }

  private List<StoredEvent> read() {
    return in(tx -> log.read(tx, debate, 0, 1_000));
  }

  private ChainCheck verify() {
    return in(tx -> log.verifyChain(tx, debate));
  }

  private StreamHead head() {
    return in(tx -> log.head(tx, debate));
  }

  private <T> T in(Function<Tx, T> work) {
    return test.database().inTransaction(workspace, work);
  }

  private void asSuperuser(String sql) {
    try (var database = Database.open(test.superuser(), 1)) {
      assertThat(database.<Integer>inSystemTransaction(tx -> tx.update(sql))).isEqualTo(1);
    }
  }

  private static Event round(int number) {
    return Json.convert(
        Json.tree("{\"round\":" + number + ",\"move\":\"ballot\"}"), Event.RoundStarted.class);
  }
}
