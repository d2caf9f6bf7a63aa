package io.aragora.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.testing.People;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.setup.SetupLinks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two people who use every secret a person can have, each rightly and with success, and whose
 * secrets are noted to be looked for afterwards.
 */
final class CanaryPeople {
  private static final String ANNA = "anna@canary.example";
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final HttpClient client;
  private final URI server;
  private final Map<String, String> canaries;
  private String cookie = "";
  private String csrf = "";

  CanaryPeople(HttpClient client, int port, Map<String, String> canaries) {
    this.client = client;
    this.server = URI.create("http://127.0.0.1:" + port);
    this.canaries = canaries;
  }

  void live(TestDatabase test, String password, String second, String third) {
    var links = new SetupLinks(test.database(), InstantSource.system(), new SecureRandom());
    String setup = links.make(server).orElseThrow().token();
    canaries.put("setup token", setup);
    in("setup", post("/api/v1/setup", name(Map.of("token", setup, "email", ANNA), password)));
    signOut();

    in("password", post("/api/v1/sessions", Map.of("email", ANNA, "password", password)));
    String secret = secondFactor();
    invite(second);

    in("code", again(password, code(secret, 1)));
    String link = new People(test, InstantSource.system()).accounts().resetLink(ANNA);
    String reset = link.substring(link.indexOf("#token=") + "#token=".length());
    canaries.put("reset token", reset);
    post("/api/v1/password/resets/redeem", Map.of("token", reset, "password", third));

    in("recovery", again(third, canaries.getOrDefault("recovery code", "")));
  }

  private String secondFactor() {
    String secret = send("PUT", "/api/v1/me/totp", "").path("secret").asText();
    canaries.put("second factor", secret);
    JsonNode codes =
        send("PUT", "/api/v1/me/totp/confirmation", Json.text(Map.of("code", code(secret, 0))));
    canaries.put("recovery code", codes.path("codes").path(0).asText());
    return secret;
  }

  private void invite(String password) {
    String token = post("/api/v1/invites", Map.of("role", "member")).path("token").asText();
    canaries.put("invite token", token);
    String mine = cookie;
    cookie = "";
    JsonNode accepted =
        post(
            "/api/v1/invites/accept",
            name(Map.of("token", token, "email", "ben@canary.example"), password));
    assertThat(accepted.hasNonNull("session_id")).isTrue();
    in("invite", accepted);
    cookie = mine;
  }

  private static Map<String, String> name(Map<String, String> more, String password) {
    var all = new java.util.HashMap<>(more);
    all.putAll(Map.of("name", "A Canary", "password", password));
    return all;
  }

  private JsonNode again(String password, String code) {
    cookie = "";
    return post("/api/v1/sessions", Map.of("email", ANNA, "password", password, "code", code));
  }

  /** From here on as whoever was let in. */
  private void in(String how, JsonNode reply) {
    csrf = reply.path("csrf_token").asText();
    canaries.put("session after " + how, cookie.substring(cookie.indexOf('=') + 1));
    canaries.put("CSRF token after " + how, csrf);
    assertThat(send("GET", "/api/v1/me", "").path("person").hasNonNull("email")).isTrue();
  }

  private void signOut() {
    send("DELETE", "/api/v1/session", "");
    cookie = "";
  }

  private JsonNode post(String path, Map<String, String> fields) {
    return send("POST", path, Json.text(fields));
  }

  private JsonNode send(String verb, String path, String json) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(90))
            .method(verb, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie).header("X-CSRF-Token", csrf);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString(UTF_8));
      assertThat(answer.statusCode()).as(verb + " " + path + answer.body()).isBetween(200, 299);
      answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
      return answer.body().isEmpty() ? Json.object() : Json.tree(answer.body());
    } catch (java.io.IOException | InterruptedException bad) {
      throw new IllegalStateException(verb + " " + path, bad);
    }
  }

  /** RFC 6238, as an authenticator computes it; each counts once, one step early as well. */
  private static String code(String secret, int later) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
      long step = Instant.now().getEpochSecond() / 30 + later;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int at = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(at) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (java.security.GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static byte[] bytes(String base32) {
    ByteBuffer out = ByteBuffer.allocate(base32.length() * 5 / 8);
    int bits = 0;
    int held = 0;
    for (char sign : base32.toCharArray()) {
      held = (held << 5) | ALPHABET.indexOf(sign);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.put((byte) (held >> bits));
        held &= (1 << bits) - 1;
      }
    }
    return out.array();
  }
}
