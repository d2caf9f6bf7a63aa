package io.aragora.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.People;
import io.aragora.testing.People.Person;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Second factor, passkeys and sign-in elsewhere as a browser meets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignInRoutesTest {
  private TestAppliance appliance;
  private People people;

  @BeforeAll
  void start() {
    appliance = TestAppliance.start(Map.of("ARAGORA_PUBLIC_URL", "https://decide.example.org"));
    people = new People(appliance.database(), InstantSource.system());
  }

  @AfterAll
  void stop() {
    appliance.close();
  }

  @Test
  void aSecretIsShownToAPersonAndNeverToAKey() {
    Person anna = people.add();
    Got shown = send(anna, "PUT", "/api/v1/me/totp", "");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("secret").asText()).matches("[A-Z2-7]{32}");
    assertThat(shown.json().path("uri").asText())
        .startsWith("otpauth://totp/Aragora:")
        .contains("secret=" + shown.json().path("secret").asText());
    assertThat(shown.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
    Got key = appliance.client().send("PUT", "/api/v1/me/totp", null, List.of());
    assertThat(key.code()).isEqualTo("forbidden");
    Got stranger = appliance.anonymous().send("PUT", "/api/v1/me/totp", null, List.of());
    assertThat(stranger.code()).isEqualTo("unauthenticated");
  }

  @Test
  void aProofIsACodeOrAPasswordAndNotBoth() {
    Person anna = people.add();
    for (String body :
        List.of(
            "{}",
            "{\"code\": \"1\", \"password\": \"2\"}",
            "{\"code\": \"\"}",
            "{\"password\": \"" + "x".repeat(513) + "\"}")) {
      assertThat(send(anna, "POST", "/api/v1/me/totp/remove", body).code())
          .as(body)
          .isEqualTo("invalid_input");
    }
    assertThat(send(anna, "POST", "/api/v1/me/totp/remove", "{\"code\": \"123456\"}").code())
        .isEqualTo("conflict");
  }

  @Test
  void passkeyOptionsAreForThePublicAddress() {
    Person anna = people.add();
    Got options = send(anna, "POST", "/api/v1/me/passkeys/options", "");
    assertThat(options.json().path("rp_id").asText()).isEqualTo("decide.example.org");
    Got challenge =
        appliance.anonymous().send("POST", "/api/v1/passkeys/challenge", null, List.of());
    assertThat(challenge.json().path("challenge").asText()).isNotEmpty();
  }

  @Test
  void anUnknownPasskeyAndNonsenseSignNobodyIn() {
    TestClient anybody = appliance.anonymous();
    String form =
        "{\"credential_id\": \"%s\", \"user_handle\": \"AAAAAAAAAAAAAAAAAAAABw\","
            + " \"client_data\": \"AAAA\", \"authenticator_data\": \"AAAA\", \"signature\": \"AAAA\"}";
    assertThat(anybody.post("/api/v1/passkeys/sign-in", form.formatted("AAAA")).code())
        .isEqualTo("unauthenticated");
    assertThat(anybody.post("/api/v1/passkeys/sign-in", form.formatted("=not=")).code())
        .isEqualTo("invalid_input");
    assertThat(anybody.post("/api/v1/passkeys/sign-in", form.formatted("A".repeat(4000))).code())
        .isEqualTo("invalid_input");
  }

  @Test
  void withoutAProviderNobodySignsInElsewhere() {
    assertThat(appliance.anonymous().get("/api/v1/oidc").json().path("enabled").asBoolean())
        .isFalse();
    assertThat(appliance.anonymous().get("/api/v1/oidc/start").code()).isEqualTo("not_found");
    assertThat(appliance.anonymous().get("/api/v1/oidc/callback").code())
        .isEqualTo("invalid_query");
    assertThat(
            appliance.anonymous().get("/api/v1/oidc/callback?error=access_denied&state=x").code())
        .isEqualTo("unauthenticated");
  }

  @Test
  void aProviderThatDoesNotAnswerIsSaidToBeUnavailable() {
    try (var other =
        TestAppliance.start(
            Map.of(
                "ARAGORA_OIDC_ISSUER", "http://127.0.0.1:1",
                "ARAGORA_OIDC_CLIENT_ID", "aragora",
                "ARAGORA_EGRESS_ALLOW", "http://127.0.0.1:1"))) {
      Got gone = other.anonymous().get("/api/v1/oidc/start");
      assertThat(gone.status()).isEqualTo(503);
      assertThat(gone.code()).isEqualTo("sign_in_unavailable");
      assertThat(gone.raw().headers().firstValue("Retry-After")).isPresent();
      assertThat(other.anonymous().get("/api/v1/oidc").json().path("name").asText())
          .isEqualTo("Single sign-on");
    }
  }

  private Got send(Person person, String verb, String path, String body) {
    return appliance
        .anonymous()
        .send(
            verb,
            path,
            body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8),
            people.browser(person));
  }
}
