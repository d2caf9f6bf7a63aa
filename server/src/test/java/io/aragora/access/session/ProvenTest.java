package io.aragora.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.AnyCaller;
import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Operation;
import io.aragora.testing.SetClock;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient.Got;
import io.aragora.testing.TestPerson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways to sign in are changed, and people erased, only by who has just shown who they are. */
final class ProvenTest {
  private static final String ERASE = "/api/v1/me/erase";
  private static final SetClock CLOCK = new SetClock();

  private static TestAppliance appliance;

  private String email;
  private AccountId account;
  private TestPerson anna;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start(Map.of(), CLOCK);
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @BeforeEach
  void signIn() {
    email = UUID.randomUUID() + "@example.org";
    account = TestPerson.account(database(), email);
    TestPerson.join(database(), appliance.key().workspace(), account, "member");
    anna = TestPerson.signIn(appliance.anonymous(), email);
  }

  private static Database database() {
    return appliance.database().database();
  }

  @Test
  void everyChangeOfAFactorAsksForARecentSignIn() {
    assertThat(proven())
        .extracting(Operation::id)
        .contains(
            "totp.begin",
            "totp.confirm",
            "totp.renew",
            "totp.remove",
            "passkeys.options",
            "passkeys.create",
            "passkeys.remove",
            "sessions.revoke",
            "sessions.revoke_others",
            "me.erase");
    CLOCK.pass(Duration.ofMinutes(10));
    for (Operation each : proven().toList()) {
      Got late = call(each);
      assertThat(late.status()).as(each.id()).isEqualTo(403);
      assertThat(late.code()).as(each.id()).isEqualTo("proof_required");
      assertThat(late.text()).contains("sign in again");
    }
    assertThat(anna.get("/api/v1/me").status()).as("the rest goes on").isEqualTo(200);
  }

  @Test
  void tenMinutesAreEnoughForIt() {
    CLOCK.pass(Duration.ofMinutes(9));
    assertThat(anna.put("/api/v1/me/totp", "").status()).isEqualTo(200);
    assertThat(anna.post("/api/v1/me/passkeys/options", "").status()).isEqualTo(200);
  }

  @Test
  void usingASessionDoesNotProveAnythingAnew() {
    for (int minute = 0; minute < 10; minute++) {
      CLOCK.pass(Duration.ofMinutes(1));
      assertThat(anna.get("/api/v1/me").status()).isEqualTo(200);
    }
    lookEverybodyUpAgain();
    assertThat(anna.put("/api/v1/me/totp", "").code()).isEqualTo("proof_required");
  }

  /** A caller is remembered for two seconds of a clock that no test sets, or until a sign-in. */
  private static void lookEverybodyUpAgain() {
    String email = UUID.randomUUID() + "@example.org";
    TestPerson.account(database(), email);
    Got got =
        appliance
            .anonymous()
            .post(
                "/api/v1/sessions",
                TestPerson.signInBody(email, TestPerson.PASSWORD),
                "Cookie",
                "a=b");
    assertThat(got.status()).isEqualTo(200);
  }

  @Test
  void signingInAgainProvesItAndEndsTheSessionBefore() {
    CLOCK.pass(Duration.ofMinutes(11));
    Got again =
        appliance
            .anonymous()
            .post(
                "/api/v1/sessions",
                TestPerson.signInBody(email, TestPerson.PASSWORD),
                "Cookie",
                anna.cookie());
    String cookie = again.raw().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    String csrf = again.json().path("csrf_token").asText();
    Got begun =
        appliance
            .anonymous()
            .send("PUT", "/api/v1/me/totp", null, List.of("Cookie", cookie, "X-CSRF-Token", csrf));
    assertThat(begun.status()).isEqualTo(200);
    assertThat(anna.get("/api/v1/me").status()).as("the token before").isEqualTo(401);
  }

  @Test
  void aSignInEndsNoSessionOfAnybodyElse() {
    String other = UUID.randomUUID() + "@example.org";
    TestPerson.account(database(), other);
    appliance
        .anonymous()
        .post(
            "/api/v1/sessions",
            TestPerson.signInBody(other, TestPerson.PASSWORD),
            "Cookie",
            anna.cookie());
    assertThat(anna.get("/api/v1/me").status()).isEqualTo(200);
  }

  @Test
  void aKeyIsNobodyWhoCouldProveIt() {
    Got no = appliance.client().put("/api/v1/me/totp", "");
    assertThat(no.code()).isEqualTo("forbidden");
  }

  @Test
  void whoIsErasedGivesThePasswordTheyHave() {
    assertThat(erase(null).json().at("/errors/0/pointer").asText()).isEqualTo("/password");
    assertThat(erase("a wrong one").json().at("/errors/0/code").asText()).isEqualTo("wrong");
    for (int guess = 0; guess < 5; guess++) {
      erase("guess " + guess);
    }
    assertThat(erase(TestPerson.PASSWORD).status()).as("guessing is slowed down").isEqualTo(429);
    CLOCK.pass(Duration.ofMinutes(1));
    assertThat(erase(TestPerson.PASSWORD).status()).isEqualTo(204);
    assertThat(anna.get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void whoHasNoPasswordGivesNone() {
    database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    "update account set password_hash = null where account_id = ?",
                    account.value()));
    assertThat(erase(null).status()).isEqualTo(204);
  }

  private Got erase(@Nullable String password) {
    return anna.post(
        ERASE,
        password == null
            ? "{\"email\": \"%s\"}".formatted(email)
            : TestPerson.signInBody(email, password));
  }

  private static Stream<Operation> proven() {
    return appliance.operations().stream()
        .filter(each -> each.neededRight().filter(AnyCaller.PROVEN::equals).isPresent());
  }

  private Got call(Operation operation) {
    String path = operation.path().replaceAll("\\{[a-z_]+}", UUID.randomUUID().toString());
    return anna.send(operation.verb(), path, null);
  }
}
