package io.aragora.fault;

import io.aragora.fault.Scenarios.Request;
import io.aragora.testing.People;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Requests to sign in by, and to change how one signs in; the changes are of somebody unknown. */
final class SignInScenarios {
  private static final String KEY = "/api/v1/me/passkeys/" + new UUID(0, 7);
  private static final String CODE = "{\"code\": \"123456\"}";
  private static final String ASSERTION =
      """
      {"credential_id": "AAAA", "user_handle": "AAAAAAAAAAAAAAAAAAAABw", "client_data": "AAAA",
       "authenticator_data": "AAAA", "signature": "AAAA"}
      """;

  private static final Map<String, Request> ANYBODYS =
      Map.ofEntries(
          Map.entry("totp.begin", client -> client.send("PUT", "/api/v1/me/totp", null, List.of())),
          Map.entry("totp.confirm", client -> client.put("/api/v1/me/totp/confirmation", CODE)),
          Map.entry("totp.renew", client -> client.put("/api/v1/me/totp/recovery-codes", CODE)),
          Map.entry("totp.remove", client -> client.post("/api/v1/me/totp/remove", CODE)),
          Map.entry(
              "passkeys.options",
              client -> client.send("POST", "/api/v1/me/passkeys/options", null, List.of())),
          Map.entry(
              "passkeys.create",
              client ->
                  client.post(
                      "/api/v1/me/passkeys",
                      "{\"name\": \"laptop\", \"client_data\": \"AAAA\","
                          + " \"attestation_object\": \"AAAA\"}")),
          Map.entry("passkeys.rename", client -> client.put(KEY, "{\"name\": \"desk\"}")),
          Map.entry("passkeys.remove", client -> client.send("DELETE", KEY, null, List.of())),
          Map.entry(
              "passkeys.challenge",
              client -> client.send("POST", "/api/v1/passkeys/challenge", null, List.of())),
          Map.entry(
              "passkeys.sign_in", client -> client.post("/api/v1/passkeys/sign-in", ASSERTION)),
          Map.entry("oidc.get", client -> client.get("/api/v1/oidc")),
          Map.entry("oidc.start", client -> client.get("/api/v1/oidc/start")),
          Map.entry("oidc.callback", client -> client.get("/api/v1/oidc/callback?code=a&state=b")));

  private final TestClient browser;
  private final List<String> signedIn;

  SignInScenarios(TestAppliance appliance) {
    var people = new People(appliance.database(), InstantSource.system());
    this.browser = appliance.anonymous();
    this.signedIn = people.browser(people.add());
  }

  Optional<Request> of(String operation) {
    return switch (operation) {
      case "totp.get" -> Optional.of(read("/api/v1/me/totp"));
      case "passkeys.list" -> Optional.of(read("/api/v1/me/passkeys"));
      default -> Optional.ofNullable(ANYBODYS.get(operation));
    };
  }

  private Request read(String path) {
    return client -> browser.send("GET", path, null, signedIn);
  }
}
