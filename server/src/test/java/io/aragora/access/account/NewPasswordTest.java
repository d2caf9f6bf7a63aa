package io.aragora.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.access.session.NewSession;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.testing.TestPerson;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NewPasswordTest {
  private static final String NEW = "copper otter whistles at dawn";

  private final AccountsFixture with = new AccountsFixture();

  private String token() {
    String link = with.node.accounts.resetLink(with.email);
    assertThat(link).startsWith("https://example.org/password/reset#token=");
    return link.substring(link.indexOf('=') + 1);
  }

  private void redeem(String token, String password) {
    with.node.accounts.redeem(new Wish.PasswordRedeem(token, password));
  }

  private ErrorCode refused(String token, String password) {
    return catchThrowableOfType(Refusal.class, () -> redeem(token, password)).code();
  }

  private NewSession signIn(String password) {
    return with.node.signIn(with.email, password, with.address);
  }

  @Test
  void setsAPasswordByALinkAndEndsEverySession() {
    NewSession before = signIn(TestPerson.PASSWORD);
    assertThat(with.node.sessions.caller(AccountsFixture.head(before))).isPresent();
    redeem(token(), NEW);
    assertThat(with.node.sessions.caller(AccountsFixture.head(before))).isEmpty();
    assertThat(signIn(NEW).account()).isEqualTo(with.account);
    assertThat(catchThrowableOfType(Refusal.class, () -> signIn(TestPerson.PASSWORD)).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(with.audited()).contains("password.ask done", "password.redeem done");
  }

  @Test
  void takesALinkOnce() {
    String token = token();
    redeem(token, NEW);
    assertThat(refused(token, "another " + NEW)).isEqualTo(ErrorCode.NOT_FOUND);
    assertThatCode(() -> redeem(token, NEW)).as("a repetition").doesNotThrowAnyException();
    assertThat(signIn(NEW)).isNotNull();
  }

  @Test
  void takesALinkOnceEvenWhenUsedByManyAtOnce() throws Exception {
    String token = token();
    List<Future<Boolean>> all;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          IntStream.range(0, 8)
              .mapToObj(
                  each ->
                      threads.submit(
                          () -> {
                            try {
                              redeem(token, NEW + " number " + each);
                              return true;
                            } catch (Refusal late) {
                              assertThat(late.code()).isEqualTo(ErrorCode.NOT_FOUND);
                              return false;
                            }
                          }))
              .toList();
    }
    int through = 0;
    for (Future<Boolean> each : all) {
      through += each.get() ? 1 : 0;
    }
    assertThat(through).isEqualTo(1);
  }

  @Test
  void endsALinkAfterHalfAnHourAndWithTheUseOfAnother() {
    String first = token();
    String second = token();
    redeem(second, NEW);
    assertThat(refused(first, NEW)).isEqualTo(ErrorCode.NOT_FOUND);
    String third = token();
    with.pass(Duration.ofMinutes(30));
    assertThat(refused(third, NEW)).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void knowsNoForgedLink() {
    assertThat(refused(UUID.randomUUID().toString(), NEW)).isEqualTo(ErrorCode.NOT_FOUND);
    String token = token();
    String altered = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
    assertThat(refused(altered, NEW)).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void keepsALinkGoodThatCameWithAWeakPassword() {
    String token = token();
    assertThat(refused(token, "password1234")).isEqualTo(ErrorCode.INVALID_INPUT);
    redeem(token, NEW);
  }

  @Test
  void keepsOnlyTheHashOfAToken() {
    String token = token();
    List<String> rows =
        with.database.inAccountTransaction(
            with.account,
            tx ->
                tx.list(
                    "select row_to_json(password_reset)::text as line from password_reset",
                    row -> row.text("line")));
    assertThat(rows).hasSize(1).noneMatch(row -> row.contains(token));
    long seen =
        with.database.inSystemTransaction(
            tx ->
                tx.one("select count(*) as n from password_reset", row -> row.number("n"))
                    .orElseThrow());
    assertThat(seen).as("by who is nobody").isZero();
  }

  @Test
  void opensNoClosedAccount() {
    String token = token();
    with.node.accounts.deactivate(with.email);
    assertThat(refused(token, NEW)).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(
            catchThrowableOfType(Refusal.class, () -> with.node.accounts.resetLink(with.email))
                .code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void changesThePasswordOfWhoKnowsThePresentOne() {
    NewSession mine = signIn(TestPerson.PASSWORD);
    NewSession other = signIn(TestPerson.PASSWORD);
    var caller = with.node.sessions.caller(AccountsFixture.head(mine)).orElseThrow();
    var wrong = new Wish.PasswordChange("not " + TestPerson.PASSWORD, NEW);
    Refusal no =
        catchThrowableOfType(Refusal.class, () -> with.node.accounts.changePassword(caller, wrong));
    assertThat(no.faults().getFirst().pointer()).isEqualTo("/present_password");
    var right = new Wish.PasswordChange(TestPerson.PASSWORD, NEW);
    with.node.accounts.changePassword(caller, right);
    with.node.accounts.changePassword(caller, right);
    assertThat(with.node.sessions.caller(AccountsFixture.head(mine))).isPresent();
    assertThat(with.node.sessions.caller(AccountsFixture.head(other))).isEmpty();
    assertThat(signIn(NEW)).isNotNull();
    assertThat(with.audited().stream().filter("password.change done"::equals)).hasSize(1);
  }

  @Test
  void slowsDownWhoGuessesThePresentPassword() {
    var caller =
        with.node.sessions.caller(AccountsFixture.head(signIn(TestPerson.PASSWORD))).orElseThrow();
    ErrorCode told = ErrorCode.INVALID_INPUT;
    int tries = 0;
    while (told == ErrorCode.INVALID_INPUT && tries < 20) {
      tries++;
      var guess = new Wish.PasswordChange("guess " + tries, NEW);
      told =
          catchThrowableOfType(
                  Refusal.class, () -> with.node.accounts.changePassword(caller, guess))
              .code();
    }
    assertThat(told).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(tries).isEqualTo(7);
  }

  @Test
  void leavesNoWorkspaceWithoutAnOwner() {
    TestPerson.join(with.database, with.workspace, with.account, "owner");
    assertThat(
            catchThrowableOfType(Refusal.class, () -> with.node.accounts.deactivate(with.email))
                .code())
        .isEqualTo(ErrorCode.CONFLICT);
    var heir = TestPerson.account(with.database, UUID.randomUUID() + "@example.org");
    TestPerson.join(with.database, with.workspace, heir, "owner");
    with.node.accounts.deactivate(with.email);
    assertThat(with.audited()).contains("account.deactivate done");
  }

  @Test
  void neverClosesBothOfTwoOwnersAtOnce() throws Exception {
    TestPerson.join(with.database, with.workspace, with.account, "owner");
    String second = UUID.randomUUID() + "@example.org";
    TestPerson.join(
        with.database, with.workspace, TestPerson.account(with.database, second), "owner");
    List<Future<Boolean>> all;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          List.of(with.email, second).stream()
              .map(
                  each ->
                      threads.submit(
                          () -> {
                            try {
                              with.node.accounts.deactivate(each);
                              return true;
                            } catch (Refusal last) {
                              return false;
                            }
                          }))
              .toList();
    }
    assertThat(List.of(all.get(0).get(), all.get(1).get())).containsExactlyInAnyOrder(true, false);
  }
}
