package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database: what one does the other shows, and takes over when it must. */
final class TwoNodesTest {
  private final ModelStub stub =
      new ModelStub().answering(PanelAnswers.quarrelling()).delaying(Duration.ofMillis(1_500));
  private final TestAppliance first =
      TestAppliance.start(
          Map.of(
              "ARAGORA_OPENAI_URL", stub.baseUrl().toString(),
              "ARAGORA_OPENAI_MODELS", "stub-1",
              "ARAGORA_OPENAI_INPUT_PRICE", "1000",
              "ARAGORA_OPENAI_OUTPUT_PRICE", "1000",
              "ARAGORA_EGRESS_ALLOW", stub.origin().toString(),
              "ARAGORA_REHEARSAL", "off",
              "ARAGORA_DEBATES_AT_ONCE", "1",
              "ARAGORA_DRAIN_SECONDS", "3"));

  @AfterEach
  void stop() {
    stub.close();
    first.close();
  }

  @Test
  void aDebateOfOneNodeIsCalledOffOnTheOtherWithinASecond() {
    stub.delaying(Duration.ofSeconds(30));
    String debate = openOnFirst();
    try (var second = first.another()) {
      long start = System.nanoTime();
      assertThat(second.client().post("/api/v1/debates/" + debate + "/cancel", "").status())
          .isEqualTo(202);
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> isClosed(first.client(), debate));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void viewersOfTheOtherNodeMissNoEvent() {
    String debate = openOnFirst();
    try (var second = first.another()) {
      List<Long> seen =
          second
              .client()
              .events(UUID.fromString(debate), 0)
              .filter(line -> line.startsWith("id: "))
              .map(line -> Long.parseLong(line.substring(4)))
              .toList();
      assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList());
      assertThat(isClosed(second.client(), debate)).isTrue();
    }
  }

  @Test
  void whoWaitsAtOneNodeIsAnsweredOnceTheOtherHasEndedTheDebate() {
    stub.delaying(Duration.ofSeconds(30));
    String busy = openOnFirst();
    try (var second = first.another()) {
      stub.delaying(Duration.ofMillis(200));
      TestClient.Got got =
          first.client().post("/api/v1/debates", "{\"question\": \"Now?\"}", "Prefer", "wait=30");
      Instant answered = Instant.now();

      assertThat(got.status()).as(got.text()).isEqualTo(200);
      assertThat(got.json().path("state").asText()).isEqualTo("CLOSED");
      assertThat(Duration.between(Instant.parse(got.json().path("closed_at").asText()), answered))
          .isLessThan(Duration.ofSeconds(1));
      // The first node has one pair of hands, and they are full: the other did it.
      assertThat(isClosed(second.client(), busy)).isFalse();
    }
  }

  @Test
  void aDrainingNodeFinishesTheCallsInFlightAndTheOtherPaysNoneOfThemAgain() {
    String debate = openOnFirst();
    int inFlight = stub.count();
    try (var second = first.another()) {
      first.restart();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> isClosed(second.client(), debate));
    }
    assertThat(inFlight).isPositive();
    assertThat(stub.calls().values()).containsOnly(1);
    assertThat(ledgerKinds()).containsOnly("call");
  }

  @Test
  void aCallThatOutlastsTheDrainIsLeftToTheOtherNodeInTime() {
    stub.delaying(Duration.ofSeconds(60));
    String debate = openOnFirst();
    try (var second = first.another()) {
      stub.delaying(Duration.ofMillis(50));
      long start = System.nanoTime();
      first.restart();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> isClosed(second.client(), debate));
    }
    assertThat(ledgerKinds()).contains("ambiguous");
  }

  @Test
  void aWaitingRequestIsAnsweredWhenItsNodeStops() {
    stub.delaying(Duration.ofSeconds(60));
    var waiting =
        CompletableFuture.supplyAsync(
            () ->
                first
                    .client()
                    .post("/api/v1/debates", "{\"question\": \"Now?\"}", "Prefer", "wait=60"));
    Awaitility.await().until(() -> stub.count() > 0);
    first.restart();
    assertThat(waiting.join().status()).isEqualTo(202);
  }

  @Test
  void aNodeThatLostItsLeaseButStillRunsIsFencedByTheEpoch() throws Exception {
    stub.delaying(Duration.ofSeconds(4));
    String debate = openOnFirst();
    int asked = stub.count();
    try (var second = first.another()) {
      stub.delaying(Duration.ofMillis(500));
      // The first node may get its own job back, and then waits for its own run: try again.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(200))
          .until(() -> epochAfterStealing(debate) > 1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> isClosed(second.client(), debate));
      TestClient.Got view = second.client().get("/api/v1/debates/" + debate + "/transcript");
      assertThat(view.json().path("entries").size() + view.json().path("items").size())
          .as("the debate was heard")
          .isPositive();
    }
    assertThat(stub.count()).as("what was asked when the lease went").isGreaterThan(asked);
    assertThat(number("select count(*) as n from receipt")).isEqualTo(1);
    assertThat(number("select count(*) as n from log_leaf")).isEqualTo(1);
    assertThat(
            number(
                """
                select count(*) as n
                  from (select round, seat, move from debate_answer
                         group by round, seat, move having count(*) > 1) as twice
                """))
        .isZero();
  }

  /** Opens a debate and waits until its calls run. */
  private String openOnFirst() {
    TestClient.Got opened =
        first.client().post("/api/v1/debates", "{\"question\": \"Which way?\"}");
    assertThat(opened.status()).as(opened.text()).isEqualTo(202);
    Awaitility.await().until(() -> stub.count() >= 3);
    return opened.json().path("id").asText();
  }

  private static boolean isClosed(TestClient client, String debate) {
    return client.get("/api/v1/debates/" + debate).json().path("state").asText().equals("CLOSED");
  }

  /** As if the lease had run out while the node that held it was frozen. */
  private long epochAfterStealing(String debate) {
    long epoch = number("select owner_epoch as n from debate");
    if (epoch == 1) {
      first
          .database()
          .database()
          .inSystemTransaction(
              tx -> {
                io.aragora.platform.db.Doorbell.ring(tx, "jobs");
                return tx.update(
                    """
                    update scheduled_tasks
                       set picked = false, picked_by = null, last_heartbeat = null,
                           execution_time = now(), version = version + 1
                     where task_instance = ?
                    """,
                    debate);
              });
    }
    return epoch;
  }

  private List<String> ledgerKinds() {
    return first
        .database()
        .database()
        .inTransaction(
            first.key().workspace(),
            tx -> tx.list("select distinct kind from ledger_entry", row -> row.text("kind")));
  }

  private long number(String sql) {
    return first
        .database()
        .database()
        .inTransaction(
            first.key().workspace(), tx -> tx.one(sql, row -> row.number("n")).orElseThrow());
  }
}
