package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.testing.ModelStub;
import io.aragora.testing.ModelStub.Misbehaviour;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider that misbehaves costs seats, never the debate: it ends, typed, with a receipt. */
class SeatFailureTest {

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {
        "HTML_WITH_200",
        "NOTHING",
        "HALF_STREAM",
        "TEN_MEGABYTES",
        "INVALID_UTF8",
        "NO_USAGE",
        "NAN",
        "EMPTY_ANSWER",
        "UNAUTHORIZED",
        "SILENCE"
      })
  void aMisbehavingProviderEndsInATypedOutcomeAndAReceipt(Misbehaviour how) {
    try (var stub = new ModelStub().answering(PanelAnswers.agreeing()).misbehaving(how);
        var appliance = TestAppliance.start(settings(stub))) {
      TestClient client = appliance.client();
      JsonNode debate = client.decide("{\"question\": \"Which way?\", \"max_rounds\": 0}");
      String outcome = debate.path("outcome").asText();
      boolean answersAreUsable = how == Misbehaviour.NO_USAGE;
      assertThat(outcome)
          .isIn(answersAreUsable ? new String[] {"DECIDED", "REVIEW"} : FAILED_OUTCOMES);
      String receipt = debate.path("receipt_id").asText();
      assertThat(client.get("/api/v1/receipts/" + receipt).status()).isEqualTo(200);
      JsonNode budget = client.get("/api/v1/budget").json();
      assertThat(budget.path("held").asLong()).isZero();
    }
  }

  @Test
  void aCancelledDebateEndsSoonAlthoughItsModelsAreSilent() {
    try (var stub =
            new ModelStub().answering(PanelAnswers.agreeing()).misbehaving(Misbehaviour.SILENCE);
        var appliance = TestAppliance.start(settings(stub))) {
      TestClient client = appliance.client();
      String id =
          client
              .post("/api/v1/debates", "{\"question\": \"Which way?\"}")
              .json()
              .path("id")
              .asText();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> stub.count() == 3);
      client.send("POST", "/api/v1/debates/" + id + "/cancel", null, List.of());
      Awaitility.await()
          .atMost(Duration.ofSeconds(4))
          .until(
              () ->
                  client
                      .get("/api/v1/debates/" + id)
                      .json()
                      .path("outcome")
                      .asText()
                      .equals("CANCELLED"));
      JsonNode budget = client.get("/api/v1/budget").json();
      assertThat(budget.path("held").asLong()).isZero();
      assertThat(budget.path("spent").asLong())
          .as("calls cut off in the middle may be billed: charged at their bound")
          .isPositive();
      JsonNode cost = cost(client, id);
      assertThat(cost.path("uncertain_calls").asInt()).as("the receipt says so").isEqualTo(3);
      assertThat(cost.path("uncertain_micro")).isEqualTo(cost.path("spent_micro"));
    }
  }

  private static JsonNode cost(TestClient client, String debate) {
    String receipt = client.get("/api/v1/debates/" + debate).json().path("receipt_id").asText();
    return client.get("/api/v1/receipts/" + receipt).json().at("/statement/predicate/cost");
  }

  private static final String[] FAILED_OUTCOMES = {"INSUFFICIENT_QUORUM"};

  private static Map<String, String> settings(ModelStub stub) {
    return Map.of(
        "ARAGORA_OPENAI_URL", stub.baseUrl().toString(),
        "ARAGORA_OPENAI_MODELS", "stub-1",
        "ARAGORA_OPENAI_INPUT_PRICE", "1000",
        "ARAGORA_OPENAI_OUTPUT_PRICE", "1000",
        "ARAGORA_EGRESS_ALLOW", stub.origin().toString(),
        "ARAGORA_CALL_SECONDS", "5",
        "ARAGORA_REHEARSAL", "off",
        "ARAGORA_DRAIN_SECONDS", "1");
  }
}
