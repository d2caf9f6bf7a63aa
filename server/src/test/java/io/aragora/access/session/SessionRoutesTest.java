package io.aragora.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.db.Database;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import io.aragora.testing.TestPerson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in and out as a browser does it, against the whole server. */
final class SessionRoutesTest {
  private static TestAppliance appliance;
  private static TestClient anonymous;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
    anonymous = appliance.anonymous();
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  private static Database database() {
    return appliance.database().database();
  }

  private static Got signIn(String body, String... headers) {
    return anonymous.post("/api/v1/sessions", body, headers);
  }

  @Test
  void tellsAPersonWhoTheyAre() {
    TestPerson anna = TestPerson.in(appliance, "viewer");
    Got me = anna.get("/api/v1/me");
    assertThat(me.status()).isEqualTo(200);
    var person = me.json().path("person");
    assertThat(person.path("role").asText()).isEqualTo("viewer");
    assertThat(person.path("csrf_token").asText()).isEqualTo(anna.csrf());
    assertThat(person.path("workspaces")).hasSize(1);
    assertThat(me.json().path("workspace_id").asText())
        .isEqualTo(appliance.key().workspace().toString());
    assertThat(appliance.client().get("/api/v1/me").json().has("person")).isFalse();
  }

  @Test
  void neverTakesASessionThatCameWithTheSignIn() {
    TestPerson anna = TestPerson.in(appliance, "member");
    String email = UUID.randomUUID() + "@example.org";
    TestPerson.account(database(), email);
    String body = TestPerson.signInBody(email, TestPerson.PASSWORD);
    Got planted = signIn(body, "Cookie", "__Host-aragora=" + "A".repeat(43));
    assertThat(planted.raw().headers().firstValue("Set-Cookie").orElseThrow())
        .doesNotContain("A".repeat(43));
    Got overAnother = signIn(body, "Cookie", anna.cookie());
    assertThat(overAnother.status()).isEqualTo(200);
    assertThat(overAnother.raw().headers().firstValue("Set-Cookie").orElseThrow())
        .doesNotContain(anna.cookie());
    assertThat(anna.get("/api/v1/me").json().path("person").path("email").asText())
        .as("whose session it was keeps it")
        .isNotEqualTo(email);
  }

  @Test
  void refusesASignInFromAnotherSite() {
    assertThat(
            signIn("{\"email\": \"a@b.c\", \"password\": \"x\"}", "Sec-Fetch-Site", "cross-site"))
        .extracting(Got::status)
        .isEqualTo(403);
    Got form =
        anonymous.send(
            "POST",
            "/api/v1/sessions",
            "email=a".getBytes(StandardCharsets.UTF_8),
            List.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(form.status()).isEqualTo(415);
  }

  @Test
  void tellsAndAuditsTheAddressThatATrustedProxyTells() {
    try (var behind = TestAppliance.start(Map.of("ARAGORA_TRUSTED_PROXIES", "127.0.0.0/8"))) {
      Database database = behind.database().database();
      String email = UUID.randomUUID() + "@example.org";
      TestPerson.join(
          database, behind.key().workspace(), TestPerson.account(database, email), "member");
      Got in =
          behind
              .anonymous()
              .post(
                  "/api/v1/sessions",
                  TestPerson.signInBody(email, TestPerson.PASSWORD),
                  "X-Forwarded-For",
                  "6.6.6.6, 203.0.113.7:4711");
      String cookie = in.raw().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      Got list =
          behind.anonymous().send("GET", "/api/v1/sessions", null, List.of("Cookie", cookie));
      assertThat(list.json().at("/items/0/address").asText()).isEqualTo("203.0.113.7");
      assertThat(behind.client().get("/api/v1/audit/entries?action=sessions.create").text())
          .contains("\"address\":\"203.0.113.7\"");
    }
  }

  @Test
  void believesNobodyOnWhereARequestComesFromUnlessTold() {
    String email = UUID.randomUUID() + "@example.org";
    TestPerson.account(database(), email);
    Got in =
        signIn(TestPerson.signInBody(email, TestPerson.PASSWORD), "X-Forwarded-For", "203.0.113.7");
    String cookie = in.raw().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    Got list = anonymous.send("GET", "/api/v1/sessions", null, List.of("Cookie", cookie));
    assertThat(list.json().at("/items/0/address").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void endsTheConnectionThatBroughtAPassword() {
    String body = TestPerson.signInBody("nobody@example.org", "some password");
    assertThat(signIn(body).raw().headers().firstValue("Connection")).hasValue("close");
    assertThat(signIn("{").raw().headers().firstValue("Connection")).hasValue("close");
    assertThat(anonymous.get("/health/live").raw().headers().firstValue("Connection"))
        .as("others go on")
        .isNotEqualTo(Optional.of("close"));
  }

  @Test
  void boundsWhatIsSent() {
    assertThat(signIn(TestPerson.signInBody("a@example.org", "x".repeat(1_025))).status())
        .isEqualTo(422);
    assertThat(signIn(TestPerson.signInBody("a".repeat(400), "x")).status()).isEqualTo(422);
    assertThat(signIn("{\"email\": \"a@example.org\"}").status()).isEqualTo(422);
  }

  @Test
  void tellsOfAWrongPasswordWithoutSayingWhich() {
    Got no = signIn(TestPerson.signInBody("nobody@example.org", "some password"));
    assertThat(no.status()).isEqualTo(401);
    assertThat(no.code()).isEqualTo("unauthenticated");
    assertThat(no.raw().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void refusesChangesOfAPersonWithoutTheToken() {
    TestPerson anna = TestPerson.in(appliance, "owner");
    Got no =
        anonymous.send(
            "PUT",
            "/api/v1/budget",
            "{\"month_cap\": 1, \"debate_cap\": 1}".getBytes(StandardCharsets.UTF_8),
            List.of("Cookie", anna.cookie()));
    assertThat(no.status()).isEqualTo(403);
    assertThat(anna.put("/api/v1/budget", "{\"month_cap\": 10, \"debate_cap\": 1}").status())
        .isEqualTo(200);
  }

  @Test
  void signsOutOnceAndForAll() {
    TestPerson anna = TestPerson.in(appliance, "member");
    assertThat(anonymous.send("DELETE", "/api/v1/session", null, List.of("Cookie", anna.cookie())))
        .as("by another page")
        .extracting(Got::status)
        .isEqualTo(403);
    Got out = anna.delete("/api/v1/session");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.raw().headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-aragora=; Max-Age=0");
    assertThat(anna.get("/api/v1/me").status()).as("replayed").isEqualTo(401);
    assertThat(anna.delete("/api/v1/session").status()).as("again").isEqualTo(204);
  }

  @Test
  void goesOnInAnotherWorkspace() {
    String email = UUID.randomUUID() + "@example.org";
    var account = TestPerson.account(database(), email);
    TestPerson.join(database(), appliance.key().workspace(), account, "member");
    var second = appliance.database().newWorkspace();
    TestPerson.join(database(), second, account, "auditor");
    TestPerson ben = TestPerson.signIn(anonymous, email);
    Got moved = ben.put("/api/v1/me/workspace", "{\"workspace_id\": \"%s\"}".formatted(second));
    assertThat(moved.json().path("person").path("role").asText()).isEqualTo("auditor");
    assertThat(ben.get("/api/v1/me").json().path("workspace_id").asText())
        .isEqualTo(second.toString());
    assertThat(ben.get("/api/v1/debates").status()).isEqualTo(403);
    String foreign = appliance.database().newWorkspace().toString();
    assertThat(ben.put("/api/v1/me/workspace", "{\"workspace_id\": \"%s\"}".formatted(foreign)))
        .extracting(Got::status)
        .isEqualTo(404);
  }

  @Test
  void showsAKeyNoSessions() {
    assertThat(appliance.client().get("/api/v1/sessions").status()).isEqualTo(403);
    assertThat(TestPerson.in(appliance, "auditor").get("/api/v1/sessions").status()).isEqualTo(200);
  }

  @Test
  void answersEveryAskForALinkAlike() {
    String email = UUID.randomUUID() + "@example.org";
    TestPerson.account(database(), email);
    for (String each : List.of(email, UUID.randomUUID() + "@example.org", "no address")) {
      Got asked = anonymous.post("/api/v1/password/resets", "{\"email\": \"%s\"}".formatted(each));
      assertThat(asked.status()).as(each).isEqualTo(202);
      assertThat(asked.text()).isEmpty();
    }
  }
}
