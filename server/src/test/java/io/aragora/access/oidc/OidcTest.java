package io.aragora.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import io.aragora.access.CallerSource;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.testing.People;
import io.aragora.testing.People.Person;
import io.aragora.testing.SetClock;
import io.aragora.testing.TestDatabase;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OidcTest {
  private static final TestDatabase TEST = TestDatabase.shared();
  private static final URI PUBLIC = URI.create("https://decide.example.org");

  private final SetClock clock = new SetClock();
  private final People people = new People(TEST, clock);
  private final ForgingIssuer issuer = new ForgingIssuer();
  private final Egress egress = new Egress(EgressPolicy.allowing(Set.of(issuer.uri())));
  private final Oidc oidc = oidc("s3cret:&");

  @AfterEach
  void close() {
    egress.close();
    issuer.close();
  }

  @Test
  void whoeverTheProviderVouchesForIsSignedIn() {
    Person anna = people.add();
    NewSession session = signIn(anna.email(), claims -> claims);
    assertThat(session.account()).isEqualTo(anna.id());
    assertThat(people.noted(anna)).contains("oidc.link done", "oidc.sign_in done");
  }

  @Test
  void theBrowserIsSentWithStateNonceAndAnS256Challenge() {
    var away = new Trip();
    assertThat(away.asked)
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid email profile")
        .containsEntry("client_id", "aragora")
        .containsEntry("redirect_uri", PUBLIC + "/api/v1/oidc/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(away.asked.getOrDefault("state", ""))
        .hasSize(43)
        .isNotEqualTo(away.asked.getOrDefault("nonce", ""));
    assertThat(away.cookie).startsWith("__Host-aragora-oidc=");
    assertThat(away.asked).doesNotContainKeys("prompt", "max_age");
    assertThat(fields(oidc.depart(Oidc.Visit.ANEW).target().getRawQuery()))
        .containsAllEntriesOf(Map.of("prompt", "login", "max_age", "0"));
    assertThat(away.setCookie).contains("; Secure; HttpOnly; SameSite=Lax").contains("Path=/;");
  }

  @Test
  void theCodeIsExchangedWithItsVerifierAndTheSecret() {
    Person anna = people.add();
    var trip = new Trip();
    trip.back(anna.email(), claims -> claims);
    Map<String, String> form = fields(issuer.form);
    assertThat(Sha256.ofText(form.getOrDefault("code_verifier", "")).base64url())
        .isEqualTo(trip.asked.getOrDefault("code_challenge", ""));
    assertThat(form).containsEntry("grant_type", "authorization_code");
    assertThat(issuer.authorization).isEqualTo("Basic YXJhZ29yYTpzM2NyZXQlM0ElMjY=");
    assertThat(form).doesNotContainKey("client_secret");
  }

  @Test
  void aStateCountsOnceAlsoWhenManyBringItAtOnce() throws Exception {
    Person anna = people.add();
    var trip = new Trip();
    trip.prepare(anna.email(), claims -> claims);
    List<Callable<Boolean>> tries = new ArrayList<>();
    for (int each = 0; each < 8; each++) {
      tries.add(trip::isLetIn);
    }
    int in = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : threads.invokeAll(tries)) {
        in += each.get() ? 1 : 0;
      }
    }
    assertThat(in).isOne();
    assertThat(issuer.exchanges).as("the others never got to the provider").isOne();
  }

  @Test
  void aStateOfAnotherBrowserOrNoneIsRefused() {
    Person anna = people.add();
    var hers = new Trip();
    var his = new Trip();
    hers.prepare(anna.email(), claims -> claims);
    assertRefused(
        () -> arrive(his.cookie, hers.asked.getOrDefault("state", "")),
        "not begun in this browser");
    assertRefused(
        () -> arrive("", hers.asked.getOrDefault("state", "")), "not begun in this browser");
    assertRefused(() -> arrive(hers.cookie, "guessed"), "not begun in this browser");
    assertThat(issuer.exchanges).isZero();
  }

  @Test
  void aJourneyEndsAfterTenMinutesAndItsCookieCannotLengthenIt() {
    Person anna = people.add();
    var trip = new Trip();
    trip.prepare(anna.email(), claims -> claims);
    clock.pass(Duration.ofMinutes(10));
    assertRefused(trip::arrive, "within ten minutes");
    String longer = trip.cookie.replaceFirst("=[0-9]+", "=99999999999");
    assertRefused(() -> arrive(longer, trip.asked.getOrDefault("state", "")), "within ten minutes");
  }

  @Test
  void theThreeAlgorithmsAllowedAreTaken() throws Exception {
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    OctetKeyPair ed = new OctetKeyPairGenerator(Curve.Ed25519).keyID("ed").generate();
    issuer.keys = new JWKSet(List.of(ForgingIssuer.KEY, ec, ed));
    Person anna = people.add();
    assertThat(signIn(anna.email(), claims -> claims).account()).isEqualTo(anna.id());
    var second = new Trip();
    var ecSigner = new ECDSASigner(ec);
    second.prepareToken(
        anna.email(), claims -> ForgingIssuer.signed(claims, JWSAlgorithm.ES256, ec, ecSigner));
    assertThat(second.arrive().account()).isEqualTo(anna.id());
    var third = new Trip();
    var edSigner = new Ed25519Signer(ed);
    third.prepareToken(
        anna.email(), claims -> ForgingIssuer.signed(claims, JWSAlgorithm.EdDSA, ed, edSigner));
    assertThat(third.arrive().account()).isEqualTo(anna.id());
  }

  @Test
  void aTokenForSomebodyElseIsRefused() {
    assertClaims(claims -> claims.issuer("https://evil.example"), "another issuer");
    assertClaims(claims -> claims.issuer(issuer.uri() + "/"), "another issuer");
    assertClaims(claims -> claims.audience("another-client"), "for another client");
    assertClaims(claims -> claims.audience(List.of()), "for another client");
    assertClaims(
        claims -> claims.audience(List.of("aragora", "other")), "issued to another client");
    assertClaims(claims -> claims.claim("azp", "other"), "issued to another client");
    assertClaims(claims -> claims.subject(null), "names nobody");
    assertClaims(claims -> claims.subject("x".repeat(256)), "names nobody");
  }

  @Test
  void aTokenOfAnotherSignInIsRefused() {
    assertClaims(claims -> claims.claim("nonce", "of-another-time"), "nonce is another");
    assertClaims(claims -> claims.claim("nonce", null), "nonce is another");
    assertClaims(claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), "access token");
  }

  @Test
  void aTokenNotOfThisTimeIsRefused() {
    Instant now = clock.instant();
    assertClaims(claims -> claims.expirationTime(Date.from(now.minusSeconds(61))), "has expired");
    assertClaims(claims -> claims.expirationTime(null), "has expired");
    assertClaims(claims -> claims.issueTime(Date.from(now.plusSeconds(61))), "not issued just now");
    assertClaims(claims -> claims.issueTime(null), "not issued just now");
    assertClaims(
        claims -> claims.issueTime(Date.from(now.minusSeconds(901))), "not issued just now");
    assertClaims(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(61))), "not valid yet");
  }

  @Test
  void aClockALittleOffIsForgiven() {
    Person anna = people.add();
    Instant now = clock.instant();
    UnaryOperator<JWTClaimsSet.Builder> late =
        claims ->
            claims
                .expirationTime(Date.from(now.minusSeconds(59)))
                .issueTime(Date.from(now.plusSeconds(59)));
    assertThat(signIn(anna.email(), late).account()).isEqualTo(anna.id());
  }

  @Test
  void anAnswerThatNamesAnotherProviderIsRefused() {
    Person anna = people.add();
    var trip = new Trip();
    trip.prepare(anna.email(), claims -> claims);
    trip.issuer = Optional.of("https://evil.example");
    assertRefused(trip::arrive, "another provider");
    trip.issuer = Optional.of(issuer.uri().toString());
    assertThat(trip.arrive().account()).isEqualTo(anna.id());
  }

  @Test
  void anAddressTheProviderHasNotVerifiedLinksNothing() {
    Person anna = people.add();
    assertForbidden(anna.email(), claims -> claims.claim("email_verified", false));
    assertForbidden(anna.email(), claims -> claims.claim("email_verified", "true"));
    assertForbidden(anna.email(), claims -> claims.claim("email_verified", null));
    assertThat(people.noted(anna)).hasSize(3).containsOnly("oidc.sign_in refused");
  }

  @Test
  void anUnknownAddressMakesNoAccount() {
    assertForbidden("nobody-" + clock.instant() + "@example.org", claims -> claims);
  }

  @Test
  void afterTheFirstTimeTheSubjectCountsAndNotTheAddress() {
    Person anna = people.add();
    String subject = "subject-of-" + anna.email();
    signIn(anna.email(), claims -> claims);
    assertThat(
            signIn(
                    "renamed@example.org",
                    claims -> claims.subject(subject).claim("email_verified", false))
                .account())
        .isEqualTo(anna.id());
  }

  @Test
  void somebodyWhoGotAnOldAddressDoesNotGetItsAccount() {
    Person anna = people.add();
    signIn(anna.email(), claims -> claims);
    assertForbidden(anna.email(), claims -> claims.subject("the-new-owner-of-the-address"));
    assertThat(people.noted(anna)).contains("oidc.sign_in refused");
  }

  @Test
  void aDeactivatedPersonIsNotLetIn() {
    Person anna = people.add();
    signIn(anna.email(), claims -> claims);
    people.deactivate(anna);
    assertForbidden(anna.email(), claims -> claims);
    assertThat(people.noted(anna)).contains("oidc.sign_in refused");
    Person ben = people.add();
    people.deactivate(ben);
    assertForbidden(ben.email(), claims -> claims);
    assertThat(people.noted(ben)).containsExactly("oidc.sign_in refused");
  }

  @Test
  void whenTheProviderSawThePersonLastIsWhenTheyShowedWhoTheyAre() {
    Person anna = people.add();
    long now = clock.instant().getEpochSecond();
    assertThat(isProven(seenAt(anna, now - 3 * 3600))).isFalse();
    assertThat(isProven(seenAt(anna, now - 60))).isTrue();
    for (Object odd : List.of("soon", -1, Long.MAX_VALUE, now + 900_000)) {
      NewSession session = seenAt(anna, odd);
      assertThat(isProven(session)).as("no time in the past: " + odd).isTrue();
      clock.pass(Duration.ofMinutes(10));
      // Callers are remembered for two seconds of a clock that no test sets.
      people.sessions().forget(new Browser(Optional.empty(), Optional.of("a=b")));
      assertThat(isProven(session)).as("counted from the sign-in: " + odd).isFalse();
    }
  }

  private NewSession seenAt(Person person, Object time) {
    return signIn(person.email(), claims -> claims.claim("auth_time", time));
  }

  private boolean isProven(NewSession session) {
    var head = Map.of("Cookie", List.of("__Host-aragora=" + session.token()));
    return people.sessions().caller(new CallerSource.Head("GET", head)).orElseThrow().isProven();
  }

  @Test
  void anAddressOnlyInTheUserInformationIsTakenFromThere() {
    Person anna = people.add();
    UnaryOperator<JWTClaimsSet.Builder> bare =
        claims -> claims.claim("email", null).claim("email_verified", null).subject("s-1");
    issuer.userInfo = Map.of("sub", "s-2", "email", anna.email(), "email_verified", true);
    var trip = new Trip();
    trip.prepare(anna.email(), bare);
    assertRefused(trip::arrive, "of another person");
    issuer.userInfo = Map.of("sub", "s-1", "email", anna.email(), "email_verified", true);
    assertThat(signIn(anna.email(), bare).account()).isEqualTo(anna.id());
  }

  @Test
  void newKeysOfTheProviderAreFoundAndNotAskedForAtWill() {
    Person anna = people.add();
    signIn(anna.email(), claims -> claims);
    assertThat(issuer.discoveries).isOne();
    RSAKey fresh = ForgingIssuer.rsa("second");
    issuer.keys = new JWKSet(fresh);
    var soon = new Trip();
    soon.prepareToken(
        anna.email(),
        claims ->
            ForgingIssuer.signed(claims, JWSAlgorithm.RS256, fresh, ForgingIssuer.signer(fresh)));
    assertRefused(soon::arrive, "no key of the provider");
    assertThat(issuer.discoveries).isOne();
    clock.pass(Duration.ofSeconds(31));
    var later = new Trip();
    later.prepareToken(
        anna.email(),
        claims ->
            ForgingIssuer.signed(claims, JWSAlgorithm.RS256, fresh, ForgingIssuer.signer(fresh)));
    assertThat(later.arrive().account()).isEqualTo(anna.id());
    assertThat(issuer.discoveries).isEqualTo(2);
  }

  @Test
  void aProviderThatIsGoneOrCallsItselfOtherwiseIsUnavailable() {
    issuer.calledItself = "https://evil.example";
    assertUnavailable(() -> oidc.depart(Oidc.Visit.KNOWN));
    int asked = issuer.discoveries;
    assertUnavailable(() -> oidc.depart(Oidc.Visit.KNOWN));
    assertThat(issuer.discoveries).as("not asked again at once").isEqualTo(asked);
    clock.pass(Duration.ofSeconds(6));
    issuer.calledItself = issuer.uri().toString();
    issuer.status = 500;
    assertUnavailable(() -> oidc.depart(Oidc.Visit.KNOWN));
    clock.pass(Duration.ofSeconds(6));
    issuer.status = 404;
    assertUnavailable(() -> oidc.depart(Oidc.Visit.KNOWN));
    issuer.status = 200;
    clock.pass(Duration.ofSeconds(6));
    var trip = new Trip();
    issuer.status = 503;
    assertUnavailable(trip::arrive);
    issuer.close();
    assertUnavailable(() -> oidc("x").depart(Oidc.Visit.KNOWN));
  }

  @Test
  void aCodeTheProviderDoesNotKnowSignsNobodyIn() {
    var trip = new Trip();
    issuer.status = 400;
    assertRefused(trip::arrive, "invalid_grant");
  }

  @Test
  void whatIsKeptAboutAPersonIsToldAndErased() {
    Person anna = people.add();
    signIn(anna.email(), claims -> claims);
    var data = new OidcPerson();
    String told =
        TEST.database()
            .inAccountTransaction(
                anna.id(),
                tx -> {
                  String before = data.exportOwn(tx, anna.id()).toString();
                  data.eraseOwn(tx, anna.id());
                  return before;
                });
    assertThat(told).contains("subject-of-" + anna.email());
    assertForbidden("unknown@example.org", claims -> claims.subject("subject-of-" + anna.email()));
  }

  @Test
  void withoutAProviderThereIsNothing() {
    Oidc off = new Oidc(parts(), null, PUBLIC, clock, new SecureRandom());
    assertThat(off.view()).isEqualTo(new OidcView(false, null));
    Refusal refused = catchThrowableOfType(Refusal.class, () -> off.depart(Oidc.Visit.KNOWN));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  private Oidc oidc(String secret) {
    return new Oidc(
        parts(),
        new OidcConfig(issuer.uri(), "aragora", secret, "Test"),
        PUBLIC,
        clock,
        new SecureRandom());
  }

  private OidcParts parts() {
    return new OidcParts(
        TEST.database(), people.accounts(), people.sessions(), egress, people.trail());
  }

  private NewSession signIn(String email, UnaryOperator<JWTClaimsSet.Builder> change) {
    var trip = new Trip();
    trip.back(email, change);
    return trip.session.orElseThrow();
  }

  private NewSession arrive(String cookie, String state) {
    return oidc.arrive(new Oidc.Arrival(cookie, state, Optional.empty(), "code-1"), Browser.SILENT);
  }

  private void assertClaims(UnaryOperator<JWTClaimsSet.Builder> change, String why) {
    var trip = new Trip();
    trip.prepare(people.add().email(), change);
    assertRefused(trip::arrive, why);
  }

  private void assertForbidden(String email, UnaryOperator<JWTClaimsSet.Builder> change) {
    Refusal refused = catchThrowableOfType(Refusal.class, () -> signIn(email, change));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN);
  }

  private static void assertRefused(Runnable work, String why) {
    Refusal refused = catchThrowableOfType(Refusal.class, work::run);
    assertThat(refused).as(why).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refused.detail()).contains(why);
  }

  private static void assertUnavailable(Runnable work) {
    Refusal refused = catchThrowableOfType(Refusal.class, work::run);
    assertThat(refused.code()).isEqualTo(ErrorCode.SIGN_IN_UNAVAILABLE);
  }

  private static Map<String, String> fields(String form) {
    return Arrays.stream(form.split("&"))
        .map(each -> each.split("=", 2))
        .collect(
            Collectors.toMap(
                each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
  }

  /** Makes a token out of claims, rightly or not. */
  @FunctionalInterface
  private interface UnaryToken {
    String of(JWTClaimsSet claims);
  }

  /** One browser's way to the provider and back. */
  private final class Trip {
    private final String setCookie;
    private final String cookie;
    private final Map<String, String> asked;
    private Optional<String> issuer = Optional.empty();
    private Optional<NewSession> session = Optional.empty();

    Trip() {
      Oidc.Departure departure = oidc.depart(Oidc.Visit.KNOWN);
      setCookie = departure.cookie();
      cookie = setCookie.split(";", 2)[0];
      asked = fields(departure.target().getRawQuery());
    }

    void prepare(String email, UnaryOperator<JWTClaimsSet.Builder> change) {
      var claims =
          change.apply(
              OidcTest.this.issuer.claims(clock.instant(), asked.getOrDefault("nonce", ""), email));
      OidcTest.this.issuer.idToken = () -> ForgingIssuer.signed(claims.build());
    }

    void prepareToken(String email, UnaryToken token) {
      var claims =
          OidcTest.this.issuer.claims(clock.instant(), asked.getOrDefault("nonce", ""), email);
      OidcTest.this.issuer.idToken = () -> token.of(claims.build());
    }

    void back(String email, UnaryOperator<JWTClaimsSet.Builder> change) {
      prepare(email, change);
      session = Optional.of(arrive());
    }

    NewSession arrive() {
      return oidc.arrive(
          new Oidc.Arrival(cookie, asked.getOrDefault("state", ""), issuer, "code-1"),
          Browser.SILENT);
    }

    boolean isLetIn() {
      try {
        arrive();
        return true;
      } catch (Refusal refused) {
        return false;
      }
    }
  }
}
