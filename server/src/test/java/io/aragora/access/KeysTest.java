package io.aragora.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import io.aragora.testing.TestPerson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API keys that callers make, against the whole server. */
final class KeysTest {
  private static final String KEYS = "/api/v1/keys";
  private static TestAppliance appliance;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  private static String wish(String... scopes) {
    return "{\"name\": \"robot\", \"scopes\": [\"%s\"]}".formatted(String.join("\", \"", scopes));
  }

  private static Access access() {
    return new Access(database(), UUID::randomUUID, InstantSource.system());
  }

  private static Database database() {
    return appliance.database().database();
  }

  private static Set<Permission> mayDo(String secret) {
    return access().authenticate(secret).map(Caller::permissions).orElse(Set.of());
  }

  @Test
  void showsAKeyOnceAndKeepsItNowhere() {
    TestClient client = appliance.client();
    Got made = client.post(KEYS, wish("debate.read"), "Idempotency-Key", "shown-once");
    assertThat(made.status()).isEqualTo(201);
    String secret = made.json().path("secret").asText();
    assertThat(mayDo(secret)).containsExactly(Permission.READ_DEBATE);
    assertThat(client.get(KEYS + "?limit=200").text()).contains(secret.substring(0, 12));
    try (var superuser = Database.open(appliance.database().superuser(), 1)) {
      String rows =
          superuser
              .inSystemTransaction(
                  tx ->
                      tx.one(
                          """
                          select (select json_agg(k) from api_key as k)::text
                              || coalesce((select string_agg(encode(body, 'escape'), ' ')
                                             from idempotency_key), '')
                              || (select json_agg(a) from audit_entry as a)::text as everything
                          """,
                          row -> row.text("everything")))
              .orElseThrow();
      assertThat(rows).contains("robot").doesNotContain(secret.substring(13));
    }
  }

  @Test
  void givesARepeatedRequestTheSameKeyWithANewSecret() {
    TestClient client = appliance.client();
    Got first = client.post(KEYS, wish("debate.read"), "Idempotency-Key", "lost-answer");
    Got again = client.post(KEYS, wish("debate.read"), "Idempotency-Key", "lost-answer");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().at("/key/id")).isEqualTo(first.json().at("/key/id"));
    String secret = again.json().path("secret").asText();
    assertThat(secret).isNotEqualTo(first.json().path("secret").asText());
    assertThat(mayDo(first.json().path("secret").asText())).isEmpty();
    assertThat(mayDo(secret)).containsExactly(Permission.READ_DEBATE);
    Got used = client.post(KEYS, wish("debate.read"), "Idempotency-Key", "lost-answer");
    assertThat(used.status()).as("a key in use keeps its secret").isEqualTo(409);
  }

  @Test
  void givesNobodyMoreThanTheyHold() {
    TestPerson member = TestPerson.in(appliance, "member");
    assertThat(member.post(KEYS, wish("budget.change")).status()).isEqualTo(403);
    assertThat(TestPerson.in(appliance, "viewer").post(KEYS, wish("debate.read")).status())
        .isEqualTo(403);
    Got scoped =
        appliance
            .clientOf(Set.of(Permission.CREATE_KEY, Permission.READ_DEBATE))
            .post(KEYS, wish("debate.open"));
    assertThat(scoped.status()).isEqualTo(403);
  }

  @Test
  void refusesWishesOutOfBounds() {
    TestClient client = appliance.client();
    for (String each :
        List.of(
            wish("debate.dance"),
            wish(),
            "{\"name\": \"\", \"scopes\": [\"debate.read\"]}",
            "{\"name\": \"%s\", \"scopes\": [\"debate.read\"]}".formatted("x".repeat(201)),
            "{\"name\": \"a\\u0000b\", \"scopes\": [\"debate.read\"]}",
            "{\"name\": \"late\", \"scopes\": [\"debate.read\"], \"expires_at\": \"%s\"}"
                .formatted(Instant.now().plus(Duration.ofDays(400))),
            "{\"name\": \"gone\", \"scopes\": [\"debate.read\"], \"expires_at\": \"%s\"}"
                .formatted(Instant.now().minusSeconds(1)))) {
      assertThat(client.post(KEYS, each).status()).as(each).isEqualTo(422);
    }
  }

  @Test
  void boundsAMembersKeyByWhatTheMemberMayDoNow() {
    String email = UUID.randomUUID() + "@example.org";
    AccountId anna = TestPerson.account(database(), email);
    var workspace = appliance.key().workspace();
    TestPerson.join(database(), workspace, anna, "admin");
    String secret =
        TestPerson.signIn(appliance.anonymous(), email)
            .post(KEYS, wish("debate.open", "budget.change", "debate.read"))
            .json()
            .path("secret")
            .asText();
    assertThat(mayDo(secret)).hasSize(3);
    TestPerson.join(database(), workspace, anna, "member");
    assertThat(mayDo(secret))
        .containsExactlyInAnyOrder(Permission.OPEN_DEBATE, Permission.READ_DEBATE);
    TestPerson.join(database(), workspace, anna, "auditor");
    assertThat(mayDo(secret)).isEmpty();
    // Somebody else owns the workspace too, or nobody could take it from her again.
    TestPerson.join(
        database(),
        workspace,
        TestPerson.account(database(), UUID.randomUUID() + "@example.org"),
        "owner");
    TestPerson.join(database(), workspace, anna, "owner");
    assertThat(mayDo(secret)).hasSize(3);
    TestPerson.leave(database(), workspace, anna);
    assertThat(access().authenticate(secret)).as("no member any more").isEmpty();
    TestPerson.join(database(), workspace, anna, "member");
    database().doInTransaction(workspace, tx -> access().revokeAll(tx, workspace, anna));
    assertThat(access().authenticate(secret)).as("revoked for good").isEmpty();
  }

  @Test
  void showsAndEndsOnlyOnesOwnKeysUnlessThereIsARightToAll() {
    TestPerson anna = TestPerson.in(appliance, "member");
    TestPerson ben = TestPerson.in(appliance, "member");
    Got made = anna.post(KEYS, wish("debate.read"));
    String path = KEYS + "/" + made.json().at("/key/id").asText();
    assertThat(anna.get(KEYS).json().path("items")).hasSize(1);
    assertThat(ben.get(KEYS).json().path("items")).isEmpty();
    assertThat(ben.delete(path).status()).isEqualTo(404);
    assertThat(
            appliance.clientOf(Set.of(Permission.values())).send("DELETE", path, null, List.of()))
        .as("of another workspace")
        .extracting(Got::status)
        .isEqualTo(404);
    assertThat(anna.delete(path).status()).isEqualTo(204);
    assertThat(anna.delete(path).status()).as("again").isEqualTo(204);
    assertThat(mayDo(made.json().path("secret").asText())).isEmpty();
    Got second = ben.post(KEYS, wish("debate.read"));
    String other = KEYS + "/" + second.json().at("/key/id").asText();
    assertThat(TestPerson.in(appliance, "admin").delete(other).status()).isEqualTo(204);
  }

  @Test
  void neverLetsAWorkspaceHaveMoreThanAHundredKeys() throws Exception {
    TestClient client = appliance.clientOf(Set.of(Permission.CREATE_KEY, Permission.READ_KEY));
    List<Future<Integer>> all;
    try (var threads = Executors.newFixedThreadPool(4)) {
      all =
          IntStream.range(0, 130)
              .mapToObj(each -> threads.submit(() -> client.post(KEYS, wish("key.read")).status()))
              .toList();
    }
    var told = new ArrayList<Integer>();
    for (Future<Integer> each : all) {
      told.add(each.get());
    }
    assertThat(told.stream().filter(status -> status == 201)).hasSize(99);
    assertThat(told).containsOnly(201, 409);
    assertThat(Optional.of(client.get(KEYS + "?limit=200").json().path("items").size()))
        .contains(100);
  }
}
