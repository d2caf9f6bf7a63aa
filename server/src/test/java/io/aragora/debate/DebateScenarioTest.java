package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DebateScenarioTest {
  private static TestAppliance appliance;
  private static TestClient client;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
    client = appliance.client();
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @Test
  void aQuestionEndsInAReceiptWithEveryExport() {
    JsonNode debate = contested();
    assertThat(debate.path("state").asText()).isEqualToIgnoringCase("closed");
    assertThat(debate.path("rehearsal").asBoolean()).isTrue();
    String receipt = "/api/v1/receipts/" + debate.path("receipt_id").asText();
    JsonNode bundle = client.get(receipt).json();
    JsonNode predicate = bundle.path("statement").path("predicate");
    assertThat(predicate.path("receipt").path("rehearsal").asBoolean()).isTrue();
    assertThat(bundle.path("statement").path("subject").path(0).path("digest").path("sha256"))
        .isEqualTo(debate.path("frame_sha256"));
    for (String format : List.of("json", "jws", "odr", "md")) {
      TestClient.Got export = client.get(receipt + "/export?format=" + format);
      assertThat(export.status()).as(format).isEqualTo(200);
      assertThat(client.get(receipt + "/export?format=" + format).text())
          .as("the same receipt gives the same bytes: " + format)
          .isEqualTo(export.text());
    }
    assertThat(client.get(receipt + "/export?format=docx").status()).isEqualTo(406);
  }

  @Test
  void theEventsAreGapFreeAndAReaderMayComeBackAnywhere() {
    JsonNode debate = contested();
    UUID id = UUID.fromString(debate.path("id").asText());
    List<Long> all = numbers(id, 0);
    assertThat(all).isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(numbers(id, 5)).isEqualTo(all.subList(5, all.size()));
    List<String> types = client.events(id, 0).filter(line -> line.startsWith("event: ")).toList();
    assertThat(types).contains("event: draft.submitted", "event: ballot.cast");
    assertThat(types.getLast()).isEqualTo("event: debate.closed");
  }

  @Test
  void theSameIdempotencyKeyOpensOneDebateAndGivesTheSameBytes() {
    String body = "{\"question\": \"Once or twice?\"}";
    TestClient.Got first = client.post("/api/v1/debates", body, "Idempotency-Key", "once-1");
    TestClient.Got again = client.post("/api/v1/debates", body, "Idempotency-Key", "once-1");
    assertThat(again.text()).isEqualTo(first.text());
    TestClient.Got other =
        client.post("/api/v1/debates", "{\"question\": \"Other\"}", "Idempotency-Key", "once-1");
    assertThat(other.code()).isEqualTo("idempotency_mismatch");
  }

  @Test
  void anOpenQuestionTakesItsOptionsFromTheSeats() {
    JsonNode debate =
        client.decide("{\"question\": \"What should the team name the release?\", \"open\": true}");
    assertThat(debate.path("outcome").asText()).isNotEmpty();
    assertThat(debate.path("receipt_id").asText()).isNotEmpty();
  }

  @Test
  void aClosedDebateCannotBeCancelled() {
    JsonNode debate = contested();
    TestClient.Got got =
        client.post("/api/v1/debates/" + debate.path("id").asText() + "/cancel", "");
    assertThat(got.code()).isIn("conflict", "unsupported_media_type");
    assertThat(
            client
                .send(
                    "POST",
                    "/api/v1/debates/" + debate.path("id").asText() + "/cancel",
                    null,
                    List.of())
                .code())
        .isEqualTo("conflict");
  }

  @Test
  void whatIsNotHereIsNotFound() {
    String unknown = UUID.randomUUID().toString();
    assertThat(client.get("/api/v1/debates/" + unknown).code()).isEqualTo("not_found");
    assertThat(client.get("/api/v1/debates/" + unknown + "/events").code()).isEqualTo("not_found");
    assertThat(client.get("/api/v1/debates/not-an-id").code()).isEqualTo("not_found");
    assertThat(client.get("/api/v1/receipts/" + unknown).code()).isEqualTo("not_found");
  }

  @Test
  void theTranscriptHoldsEveryAnswerWithItsModelAndPrompt() {
    JsonNode debate = contested();
    JsonNode transcript =
        client.get("/api/v1/debates/" + debate.path("id").asText() + "/transcript").json();
    assertThat(transcript.path("entries").size()).isGreaterThanOrEqualTo(4);
    for (JsonNode entry : transcript.path("entries")) {
      assertThat(entry.path("model_actual").asText()).startsWith("rehearsal");
      assertThat(entry.path("prompt_sha256").asText()).hasSize(64);
    }
  }

  private static JsonNode contested() {
    String sha256 =
        client.attach(
            "notes.txt",
            "The pilot saved nine hours a week. Two of five users reported that exports failed.");
    return client.decide(
        """
        {"question": "Should we roll the new billing tool out to all teams this month?",
         "context": "It is faster and cheaper. It lacks an audit trail and support is slow.",
         "evidence": ["%s"]}
        """
            .formatted(sha256));
  }

  private static List<Long> numbers(UUID id, long after) {
    return client
        .events(id, after)
        .filter(line -> line.startsWith("id: "))
        .map(line -> Long.parseLong(line.substring(4)))
        .toList();
  }
}
