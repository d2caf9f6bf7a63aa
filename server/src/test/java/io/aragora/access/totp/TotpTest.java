package io.aragora.access.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.access.account.SecondFactor.Factor;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.Database;
import io.aragora.platform.secret.SecretFault;
import io.aragora.testing.People;
import io.aragora.testing.People.Person;
import io.aragora.testing.SetClock;
import io.aragora.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class TotpTest {
  private static final TestDatabase TEST = TestDatabase.shared();

  private final SetClock clock = new SetClock();
  private final People people = new People(TEST, clock);
  private final Totp totp = node(TEST.database());

  @Test
  void nobodyIsAskedForACodeBeforeTheyHaveShownOne() {
    Person anna = people.add();
    assertThat(check(anna, Optional.empty())).isEqualTo(Factor.NONE_NEEDED);
    totp.begin(anna.caller());
    assertThat(check(anna, Optional.empty())).isEqualTo(Factor.NONE_NEEDED);
    assertThat(totp.state(anna.id()).enabled()).isFalse();
  }

  @Test
  void aFirstCodeTurnsItOnAndGivesTenRecoveryCodes() {
    var anna = new Enrolled();
    assertThat(anna.recovery).hasSize(10).doesNotHaveDuplicates();
    assertThat(anna.recovery).allMatch(each -> each.matches("([a-z2-7]{6}-){3}[a-z2-7]{6}"));
    assertThat(totp.state(anna.person.id())).isEqualTo(new TotpState(true, clock.instant(), 10));
    assertThat(check(anna.person, Optional.empty())).isEqualTo(Factor.MISSING);
    assertThat(people.noted(anna.person))
        .containsExactlyInAnyOrder("totp.begin done", "totp.confirm done");
  }

  @Test
  void aWrongFirstCodeTurnsNothingOn() {
    Person anna = people.add();
    totp.begin(anna.caller());
    assertRefused(
        ErrorCode.INVALID_INPUT, () -> totp.confirm(anna.caller(), new TotpState.Code("000000")));
    assertThat(totp.state(anna.id()).enabled()).isFalse();
  }

  @Test
  void aFactorThatIsOnIsNotReplacedByANewSecret() {
    var anna = new Enrolled();
    assertRefused(ErrorCode.CONFLICT, () -> totp.begin(anna.person.caller()));
    assertRefused(
        ErrorCode.CONFLICT,
        () -> totp.confirm(anna.person.caller(), new TotpState.Code(anna.next())));
  }

  @Test
  void aCodeCountsOnce() {
    var anna = new Enrolled();
    String code = anna.next();
    assertThat(check(anna.person, Optional.of(code))).isEqualTo(Factor.RIGHT);
    assertThat(check(anna.person, Optional.of(code))).isEqualTo(Factor.WRONG);
    clock.pass(Duration.ofSeconds(30));
    assertThat(check(anna.person, Optional.of(code)))
        .as("still in its window")
        .isEqualTo(Factor.WRONG);
  }

  @Test
  void theCodeThatTurnedItOnSignsNobodyIn() {
    Person anna = people.add();
    String secret = totp.begin(anna.caller()).secret();
    String code = TimeCodes.code(bytes(secret), TimeCodes.stepAt(clock.instant()));
    totp.confirm(anna.caller(), new TotpState.Code(code));
    assertThat(check(anna, Optional.of(code))).isEqualTo(Factor.WRONG);
  }

  @Test
  void anEarlierCodeIsRefusedAfterALaterOne() {
    var anna = new Enrolled();
    clock.pass(Duration.ofSeconds(90));
    long now = TimeCodes.stepAt(clock.instant());
    assertThat(check(anna.person, Optional.of(anna.at(now + 1)))).isEqualTo(Factor.RIGHT);
    assertThat(check(anna.person, Optional.of(anna.at(now)))).isEqualTo(Factor.WRONG);
  }

  @Test
  void ofManyWhoShowOneCodeAtOnceOnTwoNodesOneGetsIn() throws Exception {
    var anna = new Enrolled();
    String code = anna.next();
    try (Database other = Database.open(TEST.app(), 4)) {
      Totp second = node(other);
      List<Callable<Factor>> tries = new ArrayList<>();
      for (int each = 0; each < 4; each++) {
        tries.add(() -> check(totp, TEST.database(), anna.person, code));
        tries.add(() -> check(second, other, anna.person, code));
      }
      assertThat(all(tries)).containsOnlyOnce(Factor.RIGHT);
    }
  }

  @Test
  void fiveWrongCodesInARowMakeEverybodyWaitAndTheWaitEnds() {
    var anna = new Enrolled();
    for (int each = 0; each < 5; each++) {
      assertThat(check(anna.person, Optional.of("000000"))).isEqualTo(Factor.WRONG);
    }
    String right = anna.at(TimeCodes.stepAt(clock.instant()) + 1);
    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> check(anna.person, Optional.of(right)));
    assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(30));
    clock.pass(Duration.ofSeconds(30));
    assertThat(check(anna.person, Optional.of(anna.next()))).isEqualTo(Factor.RIGHT);
    assertThat(check(anna.person, Optional.of("000000"))).as("forgiven").isEqualTo(Factor.WRONG);
  }

  @Test
  void theWaitDoublesAndIsNeverLongerThanAQuarterOfAnHour() {
    List<Long> waits = new ArrayList<>();
    for (long wrong = 4; wrong <= 12; wrong++) {
      waits.add(
          Backoff.left(wrong, Optional.of(clock.instant()), clock.instant())
              .map(Duration::toSeconds)
              .orElse(0L));
    }
    assertThat(waits).containsExactly(0L, 30L, 60L, 120L, 240L, 480L, 900L, 900L, 900L);
  }

  @Test
  void guessingInParallelGainsNothing() throws Exception {
    var anna = new Enrolled();
    List<Callable<Factor>> tries = new ArrayList<>();
    for (int each = 0; each < 24; each++) {
      String guess = "%06d".formatted(each);
      tries.add(() -> check(anna.person, Optional.of(guess)));
    }
    assertThat(all(tries).stream().filter(Factor.WRONG::equals)).hasSize(5);
  }

  @Test
  void aRecoveryCodeWorksOnceHoweverItIsTyped() {
    var anna = new Enrolled();
    String code = anna.recovery.getFirst().toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
    assertThat(check(anna.person, Optional.of(code))).isEqualTo(Factor.RIGHT);
    assertThat(check(anna.person, Optional.of(code))).isEqualTo(Factor.WRONG);
    assertThat(totp.state(anna.person.id()).recoveryCodesLeft()).isEqualTo(9);
    assertThat(people.noted(anna.person)).contains("totp.recover done");
  }

  @Test
  void newRecoveryCodesEndTheOldOnes() {
    var anna = new Enrolled();
    String old = anna.recovery.getFirst();
    var fresh = totp.renew(anna.person.caller(), new TotpState.Code(anna.next())).codes();
    assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(anna.recovery);
    assertThat(people.noted(anna.person)).contains("totp.renew done");
    assertThat(check(anna.person, Optional.of(old))).isEqualTo(Factor.WRONG);
    assertThat(check(anna.person, Optional.of(fresh.getLast()))).isEqualTo(Factor.RIGHT);
  }

  @Test
  void aWrongCodeToRenewIsCountedLikeOneAtSignIn() {
    var anna = new Enrolled();
    var wrong = new TotpState.Code("000000");
    for (int each = 0; each < 5; each++) {
      assertRefused(ErrorCode.INVALID_INPUT, () -> totp.renew(anna.person.caller(), wrong));
    }
    assertRefused(ErrorCode.TOO_MANY_REQUESTS, () -> totp.renew(anna.person.caller(), wrong));
  }

  @Test
  void itIsRemovedByACodeOrByThePasswordAndByNothingElse() {
    var anna = new Enrolled();
    var caller = anna.person.caller();
    assertRefused(
        ErrorCode.INVALID_INPUT, () -> totp.remove(caller, new TotpState.Proof("000000", null)));
    assertRefused(
        ErrorCode.INVALID_INPUT,
        () -> totp.remove(caller, new TotpState.Proof(null, "not the password")));
    assertThat(totp.state(anna.person.id()).enabled()).isTrue();
    totp.remove(caller, new TotpState.Proof(null, People.PASSWORD));
    assertThat(totp.state(anna.person.id())).isEqualTo(new TotpState(false, null, 0));
    assertThat(check(anna.person, Optional.empty())).isEqualTo(Factor.NONE_NEEDED);

    var ben = new Enrolled();
    totp.remove(ben.person.caller(), new TotpState.Proof(ben.next(), null));
    assertThat(totp.state(ben.person.id()).enabled()).isFalse();
    assertThat(people.noted(ben.person)).contains("totp.remove done");
  }

  @Test
  void wrongPasswordsToRemoveItAreCountedToo() {
    var anna = new Enrolled();
    var wrong = new TotpState.Proof(null, "not the password");
    for (int each = 0; each < 5; each++) {
      assertRefused(ErrorCode.INVALID_INPUT, () -> totp.remove(anna.person.caller(), wrong));
    }
    assertRefused(ErrorCode.TOO_MANY_REQUESTS, () -> totp.remove(anna.person.caller(), wrong));
  }

  @Test
  void aSecretMovedToAnotherAccountDoesNotOpen() {
    var anna = new Enrolled();
    var ben = new Enrolled();
    try (Database superuser = Database.open(TEST.superuser(), 2)) {
      superuser.inSystemTransaction(
          tx ->
              tx.update(
                  """
                  update totp
                     set secret = (select secret from totp where account_id = ?)
                   where account_id = ?
                  """,
                  anna.person.id().value(),
                  ben.person.id().value()));
    }
    assertThatThrownBy(() -> check(ben.person, Optional.of(anna.next())))
        .isInstanceOf(SecretFault.class);
  }

  @Test
  void whatIsStoredHoldsNeitherSecretNorCodes() {
    var anna = new Enrolled();
    try (Database superuser = Database.open(TEST.superuser(), 2)) {
      String all =
          superuser.inSystemTransaction(
              tx ->
                  String.join(
                      "\n",
                      tx.list(
                          """
                          select encode(secret, 'hex') as line from totp
                          union all
                          select recovery_code::text from recovery_code
                          """,
                          row -> row.text("line"))));
      assertThat(all).doesNotContain(java.util.HexFormat.of().formatHex(anna.secret));
      assertThat(anna.recovery)
          .noneMatch(each -> all.contains(each) || all.contains(each.replace("-", "")));
    }
  }

  @Test
  void oneDoesNotSeeAnothersFactor() {
    var anna = new Enrolled();
    Person ben = people.add();
    long seen =
        TEST.database()
            .inAccountTransaction(
                ben.id(),
                tx ->
                    tx.one(
                            "select count(*) as n from totp where account_id = ?",
                            row -> row.number("n"),
                            anna.person.id().value())
                        .orElseThrow());
    assertThat(seen).isZero();
  }

  @Test
  void whatIsKeptAboutAPersonIsToldWithoutTheSecretAndErased() {
    var anna = new Enrolled();
    var data = new TotpPerson();
    String told =
        TEST.database()
            .inAccountTransaction(
                anna.person.id(), tx -> data.exportOwn(tx, anna.person.id()).toString());
    assertThat(told).contains("\"enabled\":true").doesNotContain("secret");
    TEST.database()
        .inAccountTransaction(
            anna.person.id(),
            tx -> {
              data.eraseOwn(tx, anna.person.id());
              return true;
            });
    assertThat(check(anna.person, Optional.empty())).isEqualTo(Factor.NONE_NEEDED);
  }

  @Test
  void aSecretSealedAgainStillMakesTheSameCodes() {
    var anna = new Enrolled();
    int sealed =
        TEST.database()
            .inAccountTransaction(
                anna.person.id(),
                tx -> {
                  byte[] before = new TotpStore().find(tx, anna.person.id()).orElseThrow().secret();
                  new TotpStore()
                      .reseal(
                          tx,
                          anna.person.id(),
                          people
                              .box()
                              .sealOwn(
                                  Totp.where(anna.person.id()),
                                  people.box().openOwn(Totp.where(anna.person.id()), before)));
                  return Totp.rows().resealOf(tx, anna.person.id(), people.box());
                });
    assertThat(sealed).isBetween(0, 1);
    assertThat(check(anna.person, Optional.of(anna.next()))).isEqualTo(Factor.RIGHT);
  }

  private Totp node(Database database) {
    return new Totp(
        new TotpParts(database, people.passwords(), people.box(), people.trail()),
        clock,
        new SecureRandom());
  }

  private Factor check(Person person, Optional<String> code) {
    return TEST.database().inSystemTransaction(tx -> totp.check(tx, person.id(), code));
  }

  private static Factor check(Totp node, Database database, Person person, String code) {
    return database.inSystemTransaction(tx -> node.check(tx, person.id(), Optional.of(code)));
  }

  /** Runs them at once; one that is told to wait got nothing. */
  private static List<Factor> all(List<Callable<Factor>> tries) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Factor> ended = new ArrayList<>();
      for (Future<Factor> each : threads.invokeAll(tries)) {
        try {
          ended.add(each.get());
        } catch (java.util.concurrent.ExecutionException refused) {
          assertThat(refused).hasCauseInstanceOf(Refusal.class);
          ended.add(Factor.MISSING);
        }
      }
      return ended;
    }
  }

  private static void assertRefused(ErrorCode code, Runnable work) {
    Refusal refused = catchThrowableOfType(Refusal.class, work::run);
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
  }

  private static byte[] bytes(String base32) {
    var bits = new java.math.BigInteger(1, new byte[0]);
    for (char sign : base32.toCharArray()) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign);
      bits = bits.shiftLeft(5).or(java.math.BigInteger.valueOf(value));
    }
    byte[] out = new byte[base32.length() * 5 / 8];
    byte[] raw = bits.toByteArray();
    int copied = Math.min(out.length, raw.length);
    System.arraycopy(raw, raw.length - copied, out, out.length - copied, copied);
    return out;
  }

  /** Somebody with a factor, and their authenticator. */
  private final class Enrolled {
    private final Person person = people.add();
    private final byte[] secret = bytes(totp.begin(person.caller()).secret());
    private final List<String> recovery =
        totp.confirm(person.caller(), new TotpState.Code(at(TimeCodes.stepAt(clock.instant()))))
            .codes();

    private String at(long step) {
      return TimeCodes.code(secret, step);
    }

    /** A code nobody has used yet. */
    private String next() {
      clock.pass(Duration.ofSeconds(30));
      return at(TimeCodes.stepAt(clock.instant()));
    }
  }
}
