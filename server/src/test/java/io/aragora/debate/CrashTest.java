package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.access.NewKey;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.ChildAppliance;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the server in the middle of a debate, at a seeded number of calls, and starts it again. */
class CrashTest {

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void aKilledDebateEndsOnceAndNoStoredAnswerIsPaidTwice(long seed) throws Exception {
    TestDatabase database = TestDatabase.own();
    NewKey key =
        new Access(database.database(), UUID::randomUUID, InstantSource.system())
            .bootstrap("Crash")
            .key()
            .orElseThrow();
    Path dataDir = Files.createTempDirectory("aragora-crash");
    int callsBeforeDeath = 4 + new Random(seed).nextInt(5);
    try (var stub =
        new ModelStub().answering(PanelAnswers.quarrelling()).delaying(Duration.ofMillis(150))) {
      String debate;
      try (var first = ChildAppliance.start(database, dataDir, environment(stub))) {
        TestClient.Got opened =
            first.client(key.secret()).post("/api/v1/debates", "{\"question\": \"Which way?\"}");
        assertThat(opened.status()).as(opened.text()).isEqualTo(202);
        debate = opened.json().path("id").asText();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> stub.count() >= callsBeforeDeath);
        first.kill();
      }
      Map<String, Integer> stored = answered(database, key.workspace(), debate);
      try (var second = ChildAppliance.start(database, dataDir, environment(stub))) {
        TestClient client = second.client(key.secret());
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(300))
            .until(
                () ->
                    client
                        .get("/api/v1/debates/" + debate)
                        .json()
                        .path("state")
                        .asText()
                        .equalsIgnoreCase("closed"));
        assertThat(client.get("/api/v1/receipts").json().path("items")).hasSize(1);
      }
      Map<String, Integer> calls = stub.calls();
      assertThat(stored).as("answers stored before the kill").isNotNull();
      stored.keySet().forEach(call -> assertThat(calls.get(call)).isEqualTo(1));
      var storedPlaces = places(database, key.workspace(), stored);
      assertThat(repeated(database, key.workspace(), debate))
          .as("places asked again although their answer was stored")
          .noneMatch(storedPlaces::contains);
      assertThat(calls.values()).as("no call id is used twice").containsOnly(1);
    }
    database.database().close();
  }

  private static Map<String, String> environment(ModelStub stub) {
    return Map.of(
        "ARAGORA_OPENAI_URL", stub.baseUrl().toString(),
        "ARAGORA_OPENAI_MODELS", "stub-1",
        "ARAGORA_OPENAI_INPUT_PRICE", "1000",
        "ARAGORA_OPENAI_OUTPUT_PRICE", "1000",
        "ARAGORA_EGRESS_ALLOW", stub.origin().toString(),
        "ARAGORA_REHEARSAL", "off");
  }

  /** The call ids whose answers were stored. */
  private static Map<String, Integer> answered(
      TestDatabase database, WorkspaceId workspace, String debate) {
    var calls = new HashMap<String, Integer>();
    database
        .database()
        .inTransaction(
            workspace,
            tx ->
                tx.list(
                    """
                    select call_id
                      from debate_answer
                     where debate_id = ?
                    """,
                    row -> row.uuid("call_id").toString(),
                    UUID.fromString(debate)))
        .forEach(call -> calls.put(call, 1));
    return calls;
  }

  /** Round, seat and move that were asked more than once. */
  private static java.util.List<String> repeated(
      TestDatabase database, WorkspaceId workspace, String debate) {
    return database
        .database()
        .inTransaction(
            workspace,
            tx ->
                tx.list(
                    """
                    select round || '/' || seat || '/' || move as place
                      from debate_call
                     where debate_id = ?
                     group by round, seat, move
                    having count(*) > 1
                    """,
                    row -> row.text("place"),
                    UUID.fromString(debate)));
  }

  private static java.util.List<String> places(
      TestDatabase database, WorkspaceId workspace, Map<String, Integer> calls) {
    return calls.keySet().stream()
        .flatMap(
            call ->
                database
                    .database()
                    .inTransaction(
                        workspace,
                        tx ->
                            tx.list(
                                """
                                select round || '/' || seat || '/' || move as place
                                  from debate_call
                                 where call_id = ?
                                """,
                                row -> row.text("place"),
                                UUID.fromString(call)))
                    .stream())
        .toList();
  }
}
