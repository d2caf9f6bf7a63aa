package io.aragora.provider.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Permission;
import io.aragora.platform.db.Database;
import io.aragora.platform.secret.Rotation;
import io.aragora.platform.secret.SecretBox;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace's own key pays its calls, and nobody ever reads it again. */
final class ProviderKeysTest {
  private static final String PATH = "/api/v1/providers/openai/key";
  private static final String KEY = "sk-workspace-key-1234";
  private static final String BRIEF = "{\"question\": \"Which way?\", \"max_rounds\": 0}";

  private final ModelStub stub = new ModelStub().answering(PanelAnswers.agreeing());
  private TestAppliance appliance;
  private TestClient client;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("openai-key"), "sk-appliance-key\n");
    appliance =
        TestAppliance.start(
            Map.of(
                "ARAGORA_OPENAI_URL",
                stub.baseUrl().toString(),
                "ARAGORA_OPENAI_KEY_FILE",
                file.toString(),
                "ARAGORA_OPENAI_MODELS",
                "stub-1",
                "ARAGORA_OPENAI_INPUT_PRICE",
                "0",
                "ARAGORA_OPENAI_OUTPUT_PRICE",
                "0",
                "ARAGORA_EGRESS_ALLOW",
                stub.origin().toString()));
    client = appliance.client();
  }

  @AfterEach
  void stop() {
    appliance.close();
    stub.close();
  }

  @Test
  void aWorkspacesCallsUseItsOwnKeyAndTheApplianceSAgainWithoutIt() {
    assertThat(keysUsed(client)).containsExactly("Bearer sk-appliance-key");
    set(client, KEY);
    assertThat(keysUsed(client)).containsExactly("Bearer " + KEY);
    assertThat(keysUsed(appliance.clientOf(EnumSet.allOf(Permission.class))))
        .containsExactly("Bearer sk-appliance-key");
    assertThat(client.send("DELETE", PATH, null, List.of()).status()).isEqualTo(204);
    assertThat(keysUsed(client)).containsExactly("Bearer sk-appliance-key");
  }

  @Test
  void aKeyCanBeSetAndNeverBeRead() {
    set(client, KEY);
    TestClient.Got listed = client.get("/api/v1/providers");
    assertThat(listed.text()).doesNotContain("sk-workspace", "sk-appliance");
    JsonNode openai = listed.json().path("items").path(0);
    assertThat(openai.path("name").asText()).isEqualTo("openai");
    assertThat(openai.path("has_appliance_key").asBoolean()).isTrue();
    assertThat(openai.path("key").path("last_four").asText()).isEqualTo("1234");
    assertThat(openai.path("key").path("set_by").asText())
        .isEqualTo(appliance.key().actor().toString());
    assertThat(client.get(PATH).status()).isEqualTo(405);
    TestClient other = appliance.clientOf(EnumSet.allOf(Permission.class));
    assertThat(other.get("/api/v1/providers").json().path("items").path(0).has("key")).isFalse();
  }

  @Test
  void theEndOfAShortKeyIsNotTold() {
    set(client, "12345678");
    assertThat(client.get("/api/v1/providers").text()).doesNotContain("5678");
  }

  @Test
  void settingAndRemovingIsAuditedWithoutTheKey() {
    set(client, KEY);
    set(client, KEY);
    client.send("DELETE", PATH, null, List.of());
    client.send("DELETE", PATH, null, List.of());
    assertThat(audited())
        .containsExactly(
            "providers.set_key openai {\"last_four\":\"1234\"}", "providers.remove_key openai {}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\": \"short\"}",
        "{\"key\": \"with a space in it\"}",
        "{\"key\": \"header\\r\\nX-Evil: 1\"}",
        "{\"key\": \"umläute-in-a-key\"}",
        "{\"key\": null}",
        "{}",
        "{\"key\": \"long-enough\", \"more\": 1}"
      })
  void whatIsNoKeyIsRefusedWithoutQuotingIt(String body) {
    TestClient.Got got = client.put(PATH, body);
    assertThat(got.code()).isEqualTo("invalid_input");
    assertThat(got.text()).doesNotContain("with a space", "X-Evil", "umläute", "long-enough");
  }

  @Test
  void aKeyOfEightMegabytesIsRefused() {
    assertThat(client.put(PATH, "{\"key\": \"" + "k".repeat(8_000_000) + "\"}").status())
        .isEqualTo(413);
  }

  @Test
  void onlyWhatIsSetUpHereTakesAKey() {
    String body = "{\"key\": \"" + KEY + "\"}";
    assertThat(client.put("/api/v1/providers/none/key", body).code()).isEqualTo("not_found");
    assertThat(client.put("/api/v1/providers/rehearsal/key", body).code()).isEqualTo("conflict");
  }

  @Test
  void readingAndChangingNeedTheirPermissions() {
    TestClient reader = appliance.clientOf(EnumSet.of(Permission.READ_PROVIDER));
    assertThat(reader.get("/api/v1/providers").status()).isEqualTo(200);
    assertThat(reader.put(PATH, "{\"key\": \"" + KEY + "\"}").status()).isEqualTo(403);
    assertThat(reader.send("DELETE", PATH, null, List.of()).status()).isEqualTo(403);
  }

  @Test
  void aKeyThatWasTamperedWithIsNotReplacedByTheAppliances() {
    set(client, KEY);
    superuser("update provider_key set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)");
    int before = stub.count();
    JsonNode ended = client.decide(BRIEF);
    assertThat(stub.count()).isEqualTo(before);
    assertThat(ended.path("outcome").asText()).isNotEqualTo("DECIDED");
  }

  @Test
  void theKeyStillPaysAfterTheKeysWereRotatedOnTheRunningServer() {
    set(client, KEY);
    try (var database = Database.open(appliance.database().app(), 2)) {
      var box =
          SecretBox.open(
              database,
              appliance.dataDir().resolve("keys"),
              InstantSource.system(),
              new SecureRandom());
      var done = box.rotation(List.of(ProviderKeys.rows())).run(EnumSet.allOf(Rotation.Step.class));
      assertThat(done.version()).isEqualTo(2);
      assertThat(done.rows()).isEqualTo(1);
    }
    assertThat(keysUsed(client)).containsExactly("Bearer " + KEY);
    assertThat(client.get("/readyz").status()).isEqualTo(200);
  }

  private static void set(TestClient who, String key) {
    TestClient.Got got = who.put(PATH, "{\"key\": \"" + key + "\"}");
    assertThat(got.status()).as(got.text()).isEqualTo(200);
  }

  /** The Authorization headers of one debate. */
  private Set<String> keysUsed(TestClient who) {
    int before = stub.authorizations().size();
    who.decide(BRIEF);
    List<String> all = stub.authorizations();
    assertThat(all.size()).isGreaterThan(before);
    return new HashSet<>(all.subList(before, all.size()));
  }

  private List<String> audited() {
    try (var database = Database.open(appliance.database().superuser(), 1)) {
      return database.inSystemTransaction(
          tx ->
              tx.list(
                  """
                  select action || ' ' || target_id || ' ' || detail as line
                    from audit_entry
                   where action like 'providers.%'
                   order by entry_id
                  """,
                  row -> row.text("line")));
    }
  }

  private void superuser(String sql) {
    try (var database = Database.open(appliance.database().superuser(), 1)) {
      database.inSystemTransaction(tx -> tx.update(sql));
    }
  }
}
