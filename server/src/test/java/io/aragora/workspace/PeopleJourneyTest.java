package io.aragora.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient.Got;
import io.aragora.workspace.setup.SetupLinks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an empty appliance to a shared one, over HTTP and mail, as people go. */
final class PeopleJourneyTest {
  private static GreenMail post;
  private static TestAppliance appliance;

  @BeforeAll
  static void start() {
    post = new GreenMail(ServerSetup.SMTP.dynamicPort());
    post.start();
    appliance =
        TestAppliance.start(
            Map.of(
                "ARAGORA_SMTP_HOST", "127.0.0.1",
                "ARAGORA_SMTP_PORT", Integer.toString(post.getSmtp().getPort()),
                "ARAGORA_SMTP_TLS", "none",
                "ARAGORA_SMTP_FROM", "aragora@example.com"));
  }

  @AfterAll
  static void stop() {
    appliance.close();
    post.stop();
  }

  /** Somebody with a browser: the cookie and the token that came with it. */
  private record Browser(String cookie, String csrf, String account) {
    static Browser of(Got signedIn) {
      assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
      String cookie = signedIn.raw().headers().firstValue("Set-Cookie").orElseThrow();
      return new Browser(
          cookie.substring(0, cookie.indexOf(';')),
          signedIn.json().path("csrf_token").asText(),
          signedIn.json().path("account_id").asText());
    }

    Got send(String verb, String path, @Nullable String json) {
      return appliance
          .anonymous()
          .send(
              verb,
              path,
              json == null ? null : json.getBytes(StandardCharsets.UTF_8),
              List.of("Cookie", cookie, "X-CSRF-Token", csrf, "Content-Type", "application/json"));
    }

    JsonNode ok(String verb, String path, @Nullable String json) {
      Got got = send(verb, path, json);
      assertThat(got.status()).as("%s %s: %s", verb, path, got.text()).isLessThan(300);
      return got.status() == 204 ? Json.object() : got.json();
    }
  }

  private static String person(String token, @Nullable String email, String name) {
    var body = Json.object().put("token", token).put("name", name).put("password", Town.PASSWORD);
    return (email == null ? body : body.put("email", email)).toString();
  }

  private static Got post(String path, String json) {
    return appliance.anonymous().post(path, json);
  }

  @Test
  void theFirstPersonInvitesOthersWhoTakeOverAndTheLastOwnerStays() throws Exception {
    var links =
        new SetupLinks(appliance.database().database(), InstantSource.system(), new SecureRandom());
    String setup = links.make(URI.create("http://localhost")).orElseThrow().token();
    Browser anna = Browser.of(post("/api/v1/setup", person(setup, "anna@example.org", "Anna")));
    assertThat(post("/api/v1/setup", person(setup, "eve@example.org", "Eve")).status())
        .isEqualTo(404);
    assertThat(anna.ok("GET", "/api/v1/workspace", null).path("name").asText()).isEqualTo("Test");

    JsonNode invite =
        anna.ok("POST", "/api/v1/invites", "{\"role\": \"admin\", \"email\": \"ben@example.org\"}");
    assertThat(invite.path("mailed").asBoolean()).isTrue();
    assertThat(post.waitForIncomingEmail(20_000, 1)).isTrue();
    String mail = post.getReceivedMessages()[0].getContent().toString();
    var link = Pattern.compile("token=([0-9a-f]{64})").matcher(mail);
    assertThat(link.find()).isTrue();
    Browser ben = Browser.of(post("/api/v1/invites/accept", person(link.group(1), null, "Ben")));

    assertThat(ben.ok("GET", "/api/v1/members", null).path("items")).hasSize(2);
    assertThat(ben.send("DELETE", "/api/v1/members/" + anna.account(), null).status())
        .isEqualTo(403);
    assertThat(ben.send("GET", "/api/v1/workspace/export", null).status()).isEqualTo(403);
    assertThat(anna.send("POST", "/api/v1/workspace/leave", null).status()).isEqualTo(409);
    anna.ok("POST", "/api/v1/workspace/transfer", "{\"account_id\": \"" + ben.account() + "\"}");
    JsonNode second = anna.ok("POST", "/api/v1/workspaces", "{\"name\": \"Anna's own\"}");
    assertThat(anna.ok("GET", "/api/v1/workspaces", null).path("items")).hasSize(2);
    assertThat(second.path("status").asText()).isEqualTo("active");
  }

  @Test
  void anExportIsWholeAndSaysSo() {
    Got export = appliance.client().getAsFarAsItComes("/api/v1/workspace/export");

    assertThat(export.status()).isEqualTo(200);
    var kinds = export.text().lines().map(line -> Json.tree(line).path("kind").asText()).toList();
    assertThat(kinds).startsWith("workspace").contains("budget").endsWith("end");
  }

  @Test
  void aDeletionClosesTheWorkspaceToChangesUntilItIsTakenBack() {
    var settler = appliance.settler(appliance.client());
    String rename = "{\"name\": \"Other\"}";
    assertThat(settler.put("/api/v1/workspace", rename).status()).isEqualTo(200);

    JsonNode view = settler.send("DELETE", "/api/v1/workspace", null, List.of()).json();
    assertThat(view.path("status").asText()).isEqualTo("deleting");

    assertThat(settler.put("/api/v1/workspace", rename).status()).isEqualTo(403);
    assertThat(settler.post("/api/v1/debates", "{\"question\": \"Now?\"}").status()).isEqualTo(403);
    assertThat(settler.get("/api/v1/workspace").status()).isEqualTo(200);
    assertThat(settler.send("POST", "/api/v1/workspace/keep", null, List.of()).status())
        .isEqualTo(200);
    assertThat(settler.put("/api/v1/workspace", rename).status()).isEqualTo(200);
  }
}
