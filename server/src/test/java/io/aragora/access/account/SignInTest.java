package io.aragora.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.aragora.access.account.SecondFactor.Factor;
import io.aragora.access.session.NewSession;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.testing.TestPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SignInTest {
  private final AccountsFixture with = new AccountsFixture();

  private Refusal refused(AccountsFixture.Node node, String who, String password, String from) {
    return java.util.Objects.requireNonNull(
        catchThrowableOfType(Refusal.class, () -> node.signIn(who, password, from)));
  }

  private Refusal refused(String who, String password) {
    return refused(with.node, who, password, with.address);
  }

  @Test
  void letsInWhoKnowsThePassword() {
    NewSession session =
        with.node.signIn(with.email.toUpperCase(java.util.Locale.ROOT), TestPerson.PASSWORD, "::1");
    assertThat(session.account()).isEqualTo(with.account);
    assertThat(session.workspace()).contains(with.workspace);
    assertThat(with.node.sessions.caller(AccountsFixture.head(session))).isPresent();
    assertThat(with.audited()).containsExactly("sessions.create done");
  }

  @Test
  void saysTheSameWhateverIsWrongAndDoesTheSameWork() {
    var closed = new AccountsFixture();
    closed.node.accounts.deactivate(closed.email);
    List<String> told = new ArrayList<>();
    for (String[] each :
        List.of(
            new String[] {with.email, "wrong " + TestPerson.PASSWORD},
            new String[] {UUID.randomUUID() + "@example.org", TestPerson.PASSWORD},
            new String[] {"not an address", TestPerson.PASSWORD},
            new String[] {closed.email, TestPerson.PASSWORD})) {
      long before = with.node.passwords.computed();
      Refusal no = refused(each[0], each[1]);
      told.add(no.code() + " " + no.detail() + " " + no.faults());
      assertThat(with.node.passwords.computed() - before).as(each[0]).isEqualTo(1);
    }
    assertThat(told.stream().distinct()).hasSize(1);
    assertThat(told.getFirst()).startsWith("UNAUTHENTICATED");
  }

  @Test
  void writesAFailureIntoTheAuditLogOfThePersonsWorkspaces() {
    refused(with.email, "wrong");
    assertThat(with.audited()).containsExactly("sessions.create refused");
  }

  @Test
  void slowsDownWhoGuessesAndForgivesWhoComesIn() {
    for (int tries = 0; tries < 6; tries++) {
      assertThat(refused(with.email, "wrong").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    Refusal wait = refused(with.email, TestPerson.PASSWORD);
    assertThat(wait.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(wait.retryAfter()).contains(Duration.ofSeconds(2));
    with.pass(Duration.ofSeconds(3));
    assertThat(with.node.signIn(with.email, TestPerson.PASSWORD, with.address)).isNotNull();
    assertThat(refused(with.email, "wrong").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void slowsDownGuessesAtAnUnknownAddressAlike() {
    String nobody = UUID.randomUUID() + "@example.org";
    for (int tries = 0; tries < 6; tries++) {
      assertThat(refused(nobody, "wrong").code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    assertThat(refused(nobody, "wrong").code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
  }

  @Test
  void countsOnEveryNode() {
    var other = with.new Node(SecondFactor.NONE);
    for (int tries = 0; tries < 6; tries++) {
      refused(tries % 2 == 0 ? with.node : other, with.email, "wrong", with.address);
    }
    assertThat(refused(other, with.email, "wrong", with.address).code())
        .isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
  }

  @Test
  void looksAtNoMoreGuessesWhenTheyComeAtOnce() throws Exception {
    long before = with.node.passwords.computed();
    List<Future<ErrorCode>> all;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          IntStream.range(0, 40)
              .mapToObj(each -> threads.submit(() -> refused(with.email, "wrong " + each).code()))
              .toList();
    }
    for (Future<ErrorCode> each : all) {
      assertThat(each.get()).isIn(ErrorCode.UNAUTHENTICATED, ErrorCode.TOO_MANY_REQUESTS);
    }
    assertThat(with.node.passwords.computed() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void neverKeepsAnybodyOutForLongerThanAQuarterOfAnHour() {
    for (int tries = 0; tries < 30; tries++) {
      refused(with.email, "wrong");
      with.pass(Duration.ofMinutes(15));
    }
    Refusal no = refused(with.email, "wrong");
    assertThat(no.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refused(with.email, "wrong").retryAfter().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMinutes(15));
    with.pass(Duration.ofMinutes(15));
    assertThat(with.node.signIn(with.email, TestPerson.PASSWORD, with.address)).isNotNull();
  }

  @Test
  void doesNotLetAHordeKeepAPersonOutOfWhereTheySignedInBefore() {
    with.node.signIn(with.email, TestPerson.PASSWORD, with.address);
    for (int machine = 0; machine < 21; machine++) {
      refused(with.node, with.email, "wrong", AccountsFixture.address());
    }
    assertThat(refused(with.node, with.email, "wrong", AccountsFixture.address()).code())
        .isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(with.node.signIn(with.email, TestPerson.PASSWORD, with.address)).isNotNull();
  }

  @Test
  void slowsDownANetworkThatTriesManyAccounts() {
    String prefix = "2001:db8:%x:%x::".formatted(with.now.hashCode() & 0xffff, hashCode() & 0xffff);
    int tries = 0;
    ErrorCode told = ErrorCode.UNAUTHENTICATED;
    while (told == ErrorCode.UNAUTHENTICATED && tries < 130) {
      tries++;
      String from = prefix + Integer.toHexString(tries);
      told = refused(with.node, UUID.randomUUID() + "@example.org", "wrong", from).code();
    }
    assertThat(told).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(tries).isEqualTo(102);
  }

  @Test
  void asksForTheSecondFactorOnlyAfterThePassword() {
    var node =
        with
        .new Node(
            (tx, account, code) ->
                code.map(each -> each.equals("123456") ? Factor.RIGHT : Factor.WRONG)
                    .orElse(Factor.MISSING));
    assertThat(refused(node, with.email, "wrong", with.address).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refused(node, with.email, TestPerson.PASSWORD, with.address).code())
        .isEqualTo(ErrorCode.SECOND_FACTOR_REQUIRED);
    var wrong = new Wish.SignIn(with.email, TestPerson.PASSWORD, "654321");
    for (int tries = 0; tries < 5; tries++) {
      assertThat(catchThrowableOfType(Refusal.class, () -> node.signIn(wrong, with.address)).code())
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    var right = new Wish.SignIn(with.email, TestPerson.PASSWORD, "123456");
    assertThat(catchThrowableOfType(Refusal.class, () -> node.signIn(right, with.address)).code())
        .isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    with.pass(Duration.ofMinutes(1));
    assertThat(node.signIn(right, with.address)).isNotNull();
  }

  @Test
  void hashesThePasswordAnewWhereItsHashIsOfAnOlderKind() {
    String old =
        Argon2Function.getInstance(4_096, 3, 1, 32, Argon2.ID)
            .hash(TestPerson.PASSWORD)
            .getResult();
    with.database.inSystemTransaction(
        tx ->
            tx.update(
                "update account set password_hash = ? where account_id = ?",
                old,
                with.account.value()));
    with.node.signIn(with.email, TestPerson.PASSWORD, with.address);
    Optional<String> now =
        with.database
            .inSystemTransaction(tx -> new AccountStore().byId(tx, with.account))
            .flatMap(Credentials::passwordHash);
    assertThat(now.orElseThrow()).startsWith("$argon2id$v=19$m=19456");
    assertThat(with.node.signIn(with.email, TestPerson.PASSWORD, with.address)).isNotNull();
  }

  @Test
  void refusesASecondAccountThatReadsLikeAnother() {
    String copa = "copa" + UUID.randomUUID().toString().replaceAll("[^0-9]", "") + "@example.org";
    create(copa);
    String lookAlike = copa.replace("copa", "сора");
    assertThat(catchThrowableOfType(Refusal.class, () -> create(lookAlike)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  private void create(String email) {
    with.database.inSystemTransaction(
        tx ->
            with.node.accounts.create(
                tx,
                new NewAccount(
                    new io.aragora.kernel.AccountId(UUID.randomUUID()),
                    email,
                    "Somebody",
                    Optional.empty(),
                    false)));
  }
}
