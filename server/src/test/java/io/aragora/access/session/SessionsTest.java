package io.aragora.access.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.access.Access;
import io.aragora.access.Caller;
import io.aragora.access.CallerSource.Head;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Admitted;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.TestPerson;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionsTest {
  private final Database database = TestDatabase.shared().database();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final AuditLog audit = new AuditLog(UUID::randomUUID, now::get, new SecureRandom());
  private final Access access = new Access(database, UUID::randomUUID, now::get, audit);
  private final Sessions sessions =
      new Sessions(
          database,
          access,
          new Trail(audit),
          UUID::randomUUID,
          now::get,
          new Sessions.Life(Duration.ofMinutes(30), Duration.ofHours(12)));
  private final WorkspaceId workspace = TestDatabase.shared().newWorkspace();
  private final AccountId account =
      TestPerson.account(database, UUID.randomUUID() + "@example.org");

  SessionsTest() {
    TestPerson.join(database, workspace, account, "member");
  }

  private NewSession begin() {
    return sessions.begin(
        account, Strength.PASSWORD, new Browser(Optional.of("a\r\nbrowser"), Optional.empty()));
  }

  private static Head reading(String cookie) {
    return new Head("GET", Map.of("cookie", List.of(cookie)));
  }

  private static Head reading(NewSession session) {
    return reading("a=b; __Host-aragora=" + session.token() + "; c=d");
  }

  private Optional<Caller> caller(NewSession session) {
    access.forget();
    return sessions.caller(reading(session));
  }

  private void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  @Test
  void knowsThePersonBehindACookie() {
    NewSession session = begin();
    Caller caller = caller(session).orElseThrow();
    assertThat(caller.workspace()).isEqualTo(workspace);
    assertThat(caller.person()).isEqualTo(account);
    assertThat(caller.session()).contains(session.id());
    assertThat(caller.permissions()).isEqualTo(Role.MEMBER.permissions());
  }

  @Test
  void setsACookieThatNoPageReadsAndNoOtherSiteSends() {
    NewSession session = begin();
    assertThat(SessionReply.of(session).headers().get("Set-Cookie"))
        .isEqualTo(
            "__Host-aragora=%s; Max-Age=43200; Path=/; Secure; HttpOnly; SameSite=Lax"
                .formatted(session.token()));
    assertThat(session.token()).hasSize(43);
    assertThat(session.toString() + SessionReply.of(session).headers().keySet())
        .doesNotContain(session.token());
  }

  @Test
  void keepsNeitherTokenNorCsrfTokenInTheDatabase() {
    NewSession session = begin();
    String row =
        database
            .inAccountTransaction(
                account,
                tx ->
                    tx.one(
                        "select row_to_json(session)::text as line from session",
                        found -> found.text("line")))
            .orElseThrow();
    assertThat(row).doesNotContain(session.token()).doesNotContain(session.csrf());
    assertThat(row).contains("a  browser");
  }

  @Test
  void knowsNoForgedOrCutOrDoubledCookie() {
    String token = begin().token();
    char first = token.charAt(0) == 'A' ? 'B' : 'A';
    for (String each :
        List.of(
            "__Host-aragora=" + first + token.substring(1),
            "__Host-aragora=" + token.substring(1),
            "__Host-aragora=" + token + "x",
            "__Host-aragora=\"" + token + "\"",
            "__Host-aragora=",
            "__Host-aragora=' or 1=1 --",
            "aragora=" + token,
            "__host-aragora=" + token,
            "__Host-aragora=" + token + "; __Host-aragora=" + "A".repeat(43),
            "__Host-aragora=" + SessionTokens.hash(token))) {
      assertThat(sessions.caller(reading(each))).as(each).isEmpty();
    }
    var twice = List.of("__Host-aragora=" + token, "__Host-aragora=" + token);
    assertThat(sessions.caller(new Head("GET", Map.of("Cookie", twice)))).isEmpty();
  }

  @Test
  void doesNotHelpAWrongKeyWithACookie() {
    var headers = new HashMap<>(reading(begin()).headers());
    headers.put("authorization", List.of("Bearer ara_wrong"));
    assertThat(sessions.caller(new Head("GET", headers))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void asksForTheSessionsOwnTokenWithEveryChange(String verb) {
    NewSession session = begin();
    NewSession other = begin();
    assertThat(change(verb, session, Map.of())).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(change(verb, session, Map.of("X-CSRF-Token", List.of(other.csrf()))))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(change(verb, session, Map.of("X-CSRF-Token", List.of(session.token()))))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(
            change(verb, session, Map.of("X-CSRF-Token", List.of(session.csrf(), session.csrf()))))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(change(verb, session, Map.of("x-csrf-token", List.of(session.csrf())))).isNull();
  }

  private @org.jspecify.annotations.Nullable ErrorCode change(
      String verb, NewSession session, Map<String, List<String>> more) {
    var headers = new HashMap<>(reading(session).headers());
    headers.putAll(more);
    Refusal no =
        catchThrowableOfType(
            Refusal.class, () -> assertThat(sessions.caller(new Head(verb, headers))).isPresent());
    return no == null ? null : no.code();
  }

  @Test
  void endsAfterHalfAnHourWithoutARequestAndAfterTwelveHoursAnyway() {
    NewSession idle = begin();
    NewSession busy = begin();
    for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
      pass(Duration.ofMinutes(20));
      assertThat(caller(busy)).as("after %d minutes", minutes).isPresent();
    }
    assertThat(caller(idle)).isEmpty();
    pass(Duration.ofMinutes(20));
    assertThat(caller(busy)).isEmpty();
  }

  @Test
  void notesThatAPersonWasSeenAtMostOnceAMinute() {
    NewSession session = begin();
    Instant began = now.get();
    pass(Duration.ofSeconds(50));
    assertThat(caller(session)).isPresent();
    assertThat(seen(session)).isEqualTo(began);
    pass(Duration.ofSeconds(11));
    assertThat(caller(session)).isPresent();
    assertThat(seen(session)).isEqualTo(now.get());
  }

  private Instant seen(NewSession session) {
    Caller caller = caller(session).orElseThrow();
    return sessions.page(caller, 10, Optional.empty()).items().getFirst().lastSeenAt();
  }

  @Test
  void letsAPersonEndTheirOwnSessionsOnly() {
    NewSession mine = begin();
    NewSession other = begin();
    Caller caller = caller(mine).orElseThrow();
    sessions.end(caller, other.id());
    sessions.end(caller, other.id());
    assertThat(sessions.caller(reading(other))).as("at once").isEmpty();
    AccountId somebody = TestPerson.account(database, UUID.randomUUID() + "@example.org");
    NewSession foreign = sessions.begin(somebody, Strength.PASSKEY, Browser.SILENT);
    assertThat(catchThrowableOfType(Refusal.class, () -> sessions.end(caller, foreign.id())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(sessions.caller(reading(foreign))).isPresent();
    begin();
    sessions.endOthers(caller);
    assertThat(sessions.page(caller, 10, Optional.empty()).items())
        .extracting(SessionView::id)
        .containsExactly(mine.id());
  }

  @Test
  void pagesThroughThePersonsSessions() {
    begin();
    pass(Duration.ofSeconds(1));
    NewSession last = begin();
    Caller caller = caller(last).orElseThrow();
    var first = sessions.page(caller, 1, Optional.empty());
    assertThat(first.items()).extracting(SessionView::current).containsExactly(true);
    var second = sessions.page(caller, 1, Optional.ofNullable(first.nextCursor()));
    assertThat(second.items()).extracting(SessionView::current).containsExactly(false);
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void endsTheOldestOfTooMany() {
    NewSession first = begin();
    for (int more = 0; more < 50; more++) {
      pass(Duration.ofSeconds(1));
      begin();
    }
    assertThat(caller(first)).isEmpty();
  }

  @Test
  void takesAwayAtOnceWhatARoleNoLongerGives() {
    NewSession session = begin();
    assertThat(caller(session).orElseThrow().permissions()).contains(Permission.OPEN_DEBATE);
    TestPerson.join(database, workspace, account, "auditor");
    assertThat(caller(session).orElseThrow().permissions()).isEqualTo(Role.AUDITOR.permissions());
    TestPerson.leave(database, workspace, account);
    Caller nobody = caller(session).orElseThrow();
    assertThat(nobody.workspace()).isEqualTo(Admitted.NOWHERE);
    assertThat(nobody.permissions()).isEmpty();
  }

  @Test
  void endsAllSessionsInOneWorkspaceOrInAll() {
    NewSession session = begin();
    WorkspaceId second = TestDatabase.shared().newWorkspace();
    TestPerson.join(database, second, account, "viewer");
    NewSession elsewhere = begin();
    sessions.work(caller(elsewhere).orElseThrow(), second);
    database.doInTransaction(workspace, tx -> sessions.endAll(tx, account, workspace));
    assertThat(caller(session)).isEmpty();
    assertThat(caller(elsewhere).orElseThrow().workspace()).isEqualTo(second);
    database.doInTransaction(workspace, tx -> sessions.endAll(tx, account));
    assertThat(caller(elsewhere)).isEmpty();
  }

  @Test
  void goesOnOnlyInWorkspacesOfThePerson() {
    Caller caller = caller(begin()).orElseThrow();
    WorkspaceId foreign = TestDatabase.shared().newWorkspace();
    for (WorkspaceId each : List.of(foreign, new WorkspaceId(UUID.randomUUID()))) {
      assertThat(catchThrowableOfType(Refusal.class, () -> sessions.work(caller, each)).code())
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void beginsWhereThePersonWorkedLast() {
    WorkspaceId second = TestDatabase.shared().newWorkspace();
    TestPerson.join(database, second, account, "viewer");
    sessions.work(caller(begin()).orElseThrow(), second);
    pass(Duration.ofSeconds(1));
    assertThat(begin().workspace()).contains(second);
    TestPerson.leave(database, second, account);
    assertThat(begin().workspace()).contains(workspace);
  }

  @Test
  void showsNoSessionToAnotherPerson() {
    begin();
    long seen =
        database.inAccountTransaction(
            new AccountId(UUID.randomUUID()),
            tx ->
                tx.one("select count(*) as n from session", row -> row.number("n")).orElseThrow());
    assertThat(seen).isZero();
  }
}
