package io.aragora.access.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.access.session.Browser;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.db.Database;
import io.aragora.testing.People;
import io.aragora.testing.People.Person;
import io.aragora.testing.SetClock;
import io.aragora.testing.TestDatabase;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class PasskeysTest {
  private static final TestDatabase TEST = TestDatabase.shared();
  private static final String ORIGIN = "https://decide.example.org";

  private final SetClock clock = new SetClock();
  private final People people = new People(TEST, clock);
  private final Passkeys passkeys = node(TEST.database());

  @Test
  void aPasskeyThatWasRegisteredSignsItsOwnerIn() {
    var anna = new Owner();
    var session = passkeys.signIn(anna.device.sign(challenge()), Browser.SILENT);
    assertThat(session.account()).isEqualTo(anna.person.id());
    assertThat(strength(anna.person)).isEqualTo("passkey");
    assertThat(passkeys.list(anna.person.id()).items().getFirst().lastUsedAt())
        .isEqualTo(clock.instant());
    assertThat(people.noted(anna.person)).contains("passkey.create done", "passkey.sign_in done");
  }

  @Test
  void theOptionsAskForAVerifiedPersonOnThisServer() {
    var anna = new Owner();
    var options = passkeys.options(anna.person.id());
    assertThat(options.rpId()).isEqualTo("decide.example.org");
    assertThat(options.userName()).isEqualTo(anna.person.email());
    assertThat(options.algorithms()).containsExactly(-7L, -8L, -257L);
    assertThat(options.excludeCredentials())
        .containsExactly(Base64Text.encodeUrl(anna.device.credentialId));
    assertThat(options.timeoutMs()).isEqualTo(300_000);
  }

  @Test
  void anAssertionCountsOnce() {
    var anna = new Owner();
    var assertion = anna.device.sign(challenge());
    passkeys.signIn(assertion, Browser.SILENT);
    assertStranger(assertion);
    assertThat(people.noted(anna.person)).contains("passkey.sign_in refused");
  }

  /** Devices that count nothing always say zero: for them the challenge alone stops a replay. */
  @Test
  void anAssertionOfADeviceThatDoesNotCountCountsOnceToo() {
    var anna = new Owner();
    String challenge = challenge();
    var assertion = anna.device.signAgain("webauthn.get", challenge);
    passkeys.signIn(assertion, Browser.SILENT);
    assertStranger(assertion);
    assertStranger(anna.device.signAgain("webauthn.get", challenge));
    passkeys.signIn(anna.device.signAgain("webauthn.get", challenge()), Browser.SILENT);
  }

  @Test
  void ofManyWhoShowOneAssertionAtOnceOnTwoNodesOneGetsIn() throws Exception {
    var anna = new Owner();
    var assertion = anna.device.signAgain("webauthn.get", challenge());
    try (Database other = Database.open(TEST.app(), 4);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Passkeys second = node(other);
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int each = 0; each < 4; each++) {
        tries.add(() -> isLetIn(passkeys, assertion));
        tries.add(() -> isLetIn(second, assertion));
      }
      int in = 0;
      for (var each : threads.invokeAll(tries)) {
        in += each.get() ? 1 : 0;
      }
      assertThat(in).isOne();
    }
  }

  @Test
  void aCounterThatDoesNotRiseTellsOfACopyAndIsNoted() {
    var anna = new Owner();
    anna.device.count = 10;
    passkeys.signIn(anna.device.sign(challenge()), Browser.SILENT);
    assertStranger(anna.device.signAgain("webauthn.get", challenge()));
    anna.device.count = 3;
    assertStranger(anna.device.sign(challenge()));
    assertThat(detail(anna.person)).anyMatch(each -> each.contains("there may be a copy"));
  }

  @Test
  void anotherOriginOrServerIsRefused() {
    var anna = new Owner();
    anna.device.origin = "https://decide.example.org.evil.example";
    assertStranger(anna.device.sign(challenge()));
    anna.device.origin = "http://decide.example.org";
    assertStranger(anna.device.sign(challenge()));
    anna.device.origin = ORIGIN + ":8443";
    assertStranger(anna.device.sign(challenge()));
    anna.device.origin = ORIGIN;
    anna.device.rpId = "evil.example";
    assertStranger(anna.device.sign(challenge()));
    assertThat(detail(anna.person)).anyMatch(each -> each.contains("BadOrigin"));
  }

  @Test
  void aDeviceThatDidNotVerifyThePersonIsRefused() {
    var anna = new Owner();
    anna.device.flags = SoftAuthenticator.PRESENT;
    assertStranger(anna.device.sign(challenge()));
    anna.device.flags = SoftAuthenticator.VERIFIED;
    assertStranger(anna.device.sign(challenge()));
  }

  @Test
  void aChallengeNotMadeHereOrForAnotherPurposeOrOldIsRefused() {
    var anna = new Owner();
    assertStranger(anna.device.sign(Base64Text.encodeUrl(new byte[32])));
    assertStranger(anna.device.sign(passkeys.options(anna.person.id()).challenge()));
    String old = challenge();
    clock.pass(Duration.ofMinutes(5));
    assertStranger(anna.device.sign(old));
    assertRefused(
        () -> passkeys.create(anna.person.caller(), id(), anna.another().make("x", challenge())));
  }

  @Test
  void aChallengeForAnotherAccountRegistersNothing() {
    var anna = new Owner();
    Person ben = people.add();
    String his = passkeys.options(ben.id()).challenge();
    assertRefused(() -> passkeys.create(anna.person.caller(), id(), anna.another().make("x", his)));
    assertThat(passkeys.list(anna.person.id()).items()).hasSize(1);
  }

  @Test
  void aRegistrationCountsOnceAndAKeyBelongsToOnePerson() {
    Person anna = people.add();
    var device = device(anna);
    var made = device.make("laptop", passkeys.options(anna.id()).challenge());
    passkeys.create(anna.caller(), id(), made);
    assertRefused(() -> passkeys.create(anna.caller(), id(), made));
    Person ben = people.add();
    var stolen = device.make("mine", passkeys.options(ben.id()).challenge());
    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> passkeys.create(ben.caller(), id(), stolen));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void aRegistrationFromAnotherOriginOrWithoutVerificationIsRefused() {
    Person anna = people.add();
    var device = device(anna);
    device.origin = "https://evil.example";
    assertRefused(
        () ->
            passkeys.create(
                anna.caller(), id(), device.make("x", passkeys.options(anna.id()).challenge())));
    device.origin = ORIGIN;
    device.flags = SoftAuthenticator.PRESENT;
    assertRefused(
        () ->
            passkeys.create(
                anna.caller(), id(), device.make("x", passkeys.options(anna.id()).challenge())));
    assertThat(passkeys.list(anna.id()).items()).isEmpty();
  }

  @Test
  void anAssertionSignsInItsOwnerOnly() {
    var anna = new Owner();
    var ben = new Owner();
    var his = ben.device.sign(challenge());
    var hers = anna.device.sign(challenge());
    assertStranger(
        new Passkey.Assertion(
            his.credentialId(),
            hers.userHandle(),
            his.clientData(),
            his.authenticatorData(),
            his.signature()));
    assertStranger(
        new Passkey.Assertion(
            hers.credentialId(),
            hers.userHandle(),
            his.clientData(),
            his.authenticatorData(),
            his.signature()));
  }

  @Test
  void aDeactivatedPersonIsNotLetIn() {
    var anna = new Owner();
    people.deactivate(anna.person);
    assertStranger(anna.device.sign(challenge()));
  }

  @Test
  void aRemovedPasskeySignsNobodyIn() {
    var anna = new Owner();
    UUID key = passkeys.list(anna.person.id()).items().getFirst().id();
    passkeys.remove(anna.person.caller(), key);
    assertThat(people.noted(anna.person)).contains("passkey.remove done");
    assertStranger(anna.device.sign(challenge()));
    assertThat(passkeys.list(anna.person.id()).items()).isEmpty();
  }

  @Test
  void othersPasskeysAreNotThere() {
    var anna = new Owner();
    Person ben = people.add();
    UUID hers = passkeys.list(anna.person.id()).items().getFirst().id();
    assertThatThrownBy(() -> passkeys.remove(ben.caller(), hers)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> passkeys.rename(ben.caller(), hers, new Passkey.Name("mine")))
        .isInstanceOf(Refusal.class);
    assertThat(passkeys.rename(anna.person.caller(), hers, new Passkey.Name(" desk ")).name())
        .isEqualTo("desk");
    assertThat(people.noted(anna.person)).contains("passkey.rename done");
  }

  @Test
  void onePersonHasAtMostTwenty() {
    var anna = new Owner();
    for (int each = 2; each <= 20; each++) {
      anna.add(anna.another());
    }
    Refusal refused = catchThrowableOfType(Refusal.class, () -> anna.add(anna.another()));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(passkeys.list(anna.person.id()).items()).hasSize(20);
  }

  /** Seeded: any byte of any part changed is refused like a stranger, never a fault of ours. */
  @Test
  void anAssertionWithAChangedByteIsRefused() {
    var anna = new Owner();
    var random = new Random(4);
    for (int round = 0; round < 300; round++) {
      var right = anna.device.sign(challenge());
      int part = random.nextInt(3);
      var bent =
          new Passkey.Assertion(
              right.credentialId(),
              right.userHandle(),
              part == 0 ? bent(right.clientData(), random) : right.clientData(),
              part == 1 ? bent(right.authenticatorData(), random) : right.authenticatorData(),
              part == 2 ? bent(right.signature(), random) : right.signature());
      assertStranger(bent);
    }
  }

  /**
   * Seeded: an attestation with a changed byte makes a key or is refused, never a fault of ours.
   */
  @Test
  void anAttestationWithAChangedByteIsNoFaultOfOurs() {
    Person anna = people.add();
    var random = new Random(5);
    for (int round = 0; round < 300; round++) {
      var made = device(anna).make("x", passkeys.options(anna.id()).challenge());
      var bent = new Passkey.Made("x", made.clientData(), bent(made.attestationObject(), random));
      try {
        UUID id = id();
        passkeys.create(anna.caller(), id, bent);
        passkeys.remove(anna.caller(), id);
      } catch (Refusal refused) {
        assertThat(refused.code()).isIn(ErrorCode.INVALID_INPUT, ErrorCode.CONFLICT);
      }
    }
  }

  @Test
  void oversizedAndInvisibleInputIsRefused() {
    assertThatThrownBy(() -> new Passkey.Name("a".repeat(101))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new Passkey.Name("desk\u202Ekcatta")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new Passkey.Made("a", "A".repeat(8_004), "AA"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Passkey.Made("a", "not base64url!", "AA"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsKeptAboutAPersonIsToldAndErased() {
    var anna = new Owner();
    var data = new PasskeyPerson();
    String told =
        TEST.database()
            .inAccountTransaction(
                anna.person.id(),
                tx -> {
                  String before = data.exportOwn(tx, anna.person.id()).toString();
                  data.eraseOwn(tx, anna.person.id());
                  return before;
                });
    assertThat(told).contains("\"name\":\"laptop\"");
    assertStranger(anna.device.sign(challenge()));
  }

  private static String bent(String text, Random random) {
    byte[] bytes = Base64Text.decodeUrl(text);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Base64Text.encodeUrl(bytes);
  }

  private Passkeys node(Database database) {
    return new Passkeys(
        new PasskeyParts(
            database, people.accounts(), people.sessions(), people.box(), people.trail()),
        URI.create(ORIGIN),
        clock,
        new SecureRandom());
  }

  private String challenge() {
    return passkeys.challenge().challenge();
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  private static boolean isLetIn(Passkeys node, Passkey.Assertion assertion) {
    try {
      node.signIn(assertion, Browser.SILENT);
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private void assertStranger(Passkey.Assertion assertion) {
    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> passkeys.signIn(assertion, Browser.SILENT));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refused.detail()).isEqualTo("this passkey signs nobody in here");
  }

  private static void assertRefused(Runnable work) {
    Refusal refused = catchThrowableOfType(Refusal.class, work::run);
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
  }

  private String strength(Person person) {
    return TEST.database()
        .inAccountTransaction(
            person.id(), tx -> tx.list("select strength from session", row -> row.text("strength")))
        .getLast();
  }

  private List<String> detail(Person person) {
    return TEST.database()
        .inTransaction(
            person.workspace(),
            tx -> tx.list("select detail from audit_entry", row -> row.text("detail")));
  }

  private SoftAuthenticator device(Person person) {
    String handle = passkeys.options(person.id()).userId();
    return new SoftAuthenticator(ORIGIN, "decide.example.org", handle);
  }

  /** Somebody with a passkey, and their device. */
  private final class Owner {
    private final Person person = people.add();
    private final SoftAuthenticator device = device(person);

    Owner() {
      add(device);
    }

    void add(SoftAuthenticator other) {
      String challenge = passkeys.options(person.id()).challenge();
      passkeys.create(person.caller(), id(), other.make("laptop", challenge));
    }

    SoftAuthenticator another() {
      return device(person);
    }
  }
}
