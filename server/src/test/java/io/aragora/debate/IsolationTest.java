package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Permission;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in one workspace does not exist for another, and a key does only what it may. */
class IsolationTest {
  private static TestAppliance appliance;
  private static JsonNode debate;
  private static TestClient stranger;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
    TestClient owner = appliance.client();
    owner.attach("secret.txt", "Nobody else may read this sentence.");
    debate = owner.decide("{\"question\": \"Is this ours alone?\"}");
    stranger = appliance.clientOf(EnumSet.allOf(Permission.class));
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @Test
  void anotherWorkspaceFindsNothingOfIt() {
    String id = debate.path("id").asText();
    String receipt = debate.path("receipt_id").asText();
    for (String path :
        List.of(
            "/api/v1/debates/" + id,
            "/api/v1/debates/" + id + "/transcript",
            "/api/v1/debates/" + id + "/events",
            "/api/v1/receipts/" + receipt,
            "/api/v1/receipts/" + receipt + "/export?format=json")) {
      assertThat(stranger.get(path).code()).as(path).isEqualTo("not_found");
    }
    for (String list :
        List.of(
            "/api/v1/debates", "/api/v1/receipts", "/api/v1/evidence", "/api/v1/budget/ledger")) {
      assertThat(stranger.get(list).json().path("items")).as(list).isEmpty();
    }
    assertThat(stranger.send("POST", "/api/v1/debates/" + id + "/cancel", null, List.of()).code())
        .isEqualTo("not_found");
  }

  @Test
  void evidenceOfAnotherWorkspaceCannotBeCited() {
    String sha256 =
        io.aragora.platform.crypto.Sha256.ofText("Nobody else may read this sentence.").hex();
    TestClient.Got got =
        stranger.post(
            "/api/v1/debates",
            "{\"question\": \"What does it say?\", \"evidence\": [\"" + sha256 + "\"]}");
    assertThat(got.status()).isEqualTo(422);
  }

  @Test
  void aKeyWithoutThePermissionIsToldWhichOneItLacks() {
    TestClient reader = appliance.clientOf(EnumSet.of(Permission.READ_RECEIPT));
    TestClient.Got got = reader.post("/api/v1/debates", "{\"question\": \"May I?\"}");
    assertThat(got.status()).isEqualTo(403);
    assertThat(got.json().path("detail").asText()).contains("debate.open");
  }
}
