package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is said with a documented code, where it stands, and what to do. */
class BadInputTest {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"question":""}                                             | 422 | invalid_input | /question
          {"question":"   "}                                          | 422 | invalid_input | /question
          {}                                                          | 422 | invalid_input | /question
          {"question":null}                                           | 422 | invalid_input | /question
          {"question":7}                                              | 422 | invalid_input | /question
          {"question":"a\\u0000b"}                                    | 422 | invalid_input | /question
          {"question":"q","panel":[{"model":"rehearsal-1"}]}          | 422 | invalid_input | /panel
          {"question":"q","panel":[{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"},{"model":"rehearsal-1"}]} | 422 | invalid_input | /panel
          {"question":"q","panel":[{"model":"gpt-9"},{"model":"rehearsal-1"}]} | 422 | unknown_model | /panel/0/model
          {"question":"q","panel":[{"model":"rehearsal-1","temperature":9},{"model":"rehearsal-1"}]} | 422 | invalid_input | /panel/0/temperature
          {"question":"q","panel":[null,{"model":"rehearsal-1"}]}     | 422 | invalid_input | /panel/0
          {"question":"q","options":[{"id":"a","label":"A"},null]}    | 422 | invalid_input | /options/1
          {"question":"q","evidence":[null]}                          | 422 | invalid_input | /evidence/0
          {"question":"q","options":[{"id":"a","label":"A"}]}         | 422 | invalid_input | /options
          {"question":"q","options":[{"id":"a","label":"A"},{"id":"a","label":"B"}]} | 422 | invalid_input | /options/1/id
          {"question":"q","options":[{"id":"A B","label":"A"},{"id":"b","label":"B"}]} | 422 | invalid_input | /options/0/id
          {"question":"q","options":[{"label":"A"},{"id":"b","label":"B"}]} | 422 | invalid_input | /options/0/id
          {"question":"q","rule":{"name":"dictator"}}                 | 422 | invalid_input | /rule
          {"question":"q","rule":{"name":"supermajority","threshold":"1/3"}} | 422 | invalid_input | /rule
          {"question":"q","max_rounds":3}                             | 422 | invalid_input | /max_rounds
          {"question":"q","max_rounds":1.5}                           | 422 | invalid_input | /max_rounds
          {"question":"q","max_rounds":"1"}                           | 422 | invalid_input | /max_rounds
          {"question":"q","deadline_seconds":1}                       | 422 | invalid_input | /deadline_seconds
          {"question":"q","cap":-1}                                   | 422 | invalid_input | /cap
          {"question":"q","cap":1.5}                                  | 422 | invalid_input | /cap
          {"question":"q","evidence":["zz"]}                          | 422 | invalid_input | /evidence/0
          {"question":"q","evidence":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]} | 422 | invalid_input | /evidence
          {"question":"q","colour":"red"}                             | 422 | invalid_input | /colour
          {"question":"q","question":"r"}                             | 400 | invalid_json  | -
          {"question":"\\ud800"}                                      | 400 | invalid_json  | -
          {"question":"q"} x                                          | 400 | invalid_json  | -
          {"question":                                                | 400 | invalid_json  | -
          [1,2]                                                       | 422 | invalid_input | -
          null                                                        | 422 | invalid_input | -
          {"question":"q","irreversible":true,"rule":{"name":"majority"}} | 422 | invalid_input | /rule
          """)
  void aBadBriefIsRefusedWithItsPlaceAndRemedy(
      String body, int status, String code, String pointer) {
    TestClient.Got got = client.post("/api/v1/debates", body);
    assertThat(got.text()).as(body).isNotBlank();
    JsonNode problem = got.json();
    assertThat(got.status() + " " + problem.path("code").asText())
        .as(got.text())
        .isEqualTo(status + " " + code);
    assertThat(problem.path("trace_id").asText()).isNotBlank();
    if (!pointer.equals("-")) {
      assertThat(problem.path("errors").findValuesAsText("pointer")).contains(pointer);
    }
  }

  @Test
  void aMegabyteOfQuestionIsTooLargeAndSaysTheLimit() {
    TestClient.Got got =
        client.post("/api/v1/debates", "{\"question\":\"" + "x".repeat(1_000_000) + "\"}");
    assertThat(got.status()).isEqualTo(413);
    assertThat(got.code()).isEqualTo("payload_too_large");
  }

  @Test
  void anotherMediaTypeIsRefusedByName() {
    TestClient.Got got =
        client.send(
            "POST",
            "/api/v1/debates",
            "question=q".getBytes(StandardCharsets.UTF_8),
            List.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(got.status()).isEqualTo(415);
  }

  @Test
  void evidenceMustHashToItsNameAndBeText() {
    String sha256 = "a".repeat(64);
    TestClient.Got wrong =
        client.send(
            "PUT",
            "/api/v1/evidence/" + sha256,
            "words".getBytes(StandardCharsets.UTF_8),
            List.of("Content-Type", "application/octet-stream"));
    assertThat(wrong.status()).isEqualTo(422);
    byte[] notText = {(byte) 0xC3, (byte) 0x28};
    TestClient.Got bad =
        client.send(
            "PUT",
            "/api/v1/evidence/" + io.aragora.platform.crypto.Sha256.of(notText).hex(),
            notText,
            List.of("Content-Type", "application/octet-stream"));
    assertThat(bad.status()).isEqualTo(422);
  }

  @Test
  void withoutAKeyNothingIsSaid() {
    assertThat(appliance.anonymous().post("/api/v1/debates", "{\"question\":\"q\"}").status())
        .isEqualTo(401);
    assertThat(appliance.anonymous().get("/api/v1/receipts").status()).isEqualTo(401);
  }

  @Test
  void nothingOfItBecameADebate() {
    client.post("/api/v1/debates", "{\"question\":\"\"}");
    assertThat(client.get("/api/v1/debates").json().path("items")).isEmpty();
  }
}
