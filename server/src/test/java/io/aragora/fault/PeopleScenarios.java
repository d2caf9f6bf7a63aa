package io.aragora.fault;

import io.aragora.access.session.NewSession;
import io.aragora.fault.Scenarios.Request;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestPerson;
import io.aragora.testing.TestSessions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** One way to call each operation of people: as somebody who has just signed in. */
final class PeopleScenarios {
  private static final String ROBOT = "{\"name\": \"robot\", \"scopes\": [\"debate.read\"]}";
  private static final String NEW = "copper otter whistles at dawn";

  private final World world;
  private final TestClient anonymous;
  private final TestSessions sessions;

  PeopleScenarios(World world) {
    this.world = world;
    this.anonymous = world.appliance().anonymous();
    this.sessions = new TestSessions(database());
  }

  private Database database() {
    return world.appliance().database().database();
  }

  Map<String, Function<String, Request>> changes() {
    return Map.of(
        // A right one begins a new session each time, as it should: here nobody gets in.
        "sessions.create",
        key -> stranger("/api/v1/sessions", TestPerson.signInBody(key + "@example.org", NEW)),
        "password.ask",
        key ->
            stranger("/api/v1/password/resets", "{\"email\": \"%s@example.org\"}".formatted(key)),
        "password.redeem",
        this::redeem,
        "password.change",
        this::change,
        "sessions.end",
        key -> person(begin(member()), "DELETE", "/api/v1/session", ""),
        "sessions.revoke",
        this::revoke,
        "sessions.revoke_others",
        this::revokeOthers,
        "me.work",
        this::work,
        "keys.create",
        this::makeKey,
        "keys.revoke",
        this::revokeKey);
  }

  Optional<Request> read(String operation) {
    return operation.equals("sessions.list")
        ? Optional.of(person(begin(member()), "GET", "/api/v1/sessions?limit=1", ""))
        : Optional.empty();
  }

  private AccountId member() {
    return sessions.member(world.appliance().key().workspace(), "member");
  }

  private NewSession begin(AccountId account) {
    return sessions.begin(account);
  }

  /** As somebody at work in this workspace. */
  Request at(WorkspaceId place, AccountId account, String verb, String path, String json) {
    NewSession session = begin(account);
    person(session, "PUT", "/api/v1/me/workspace", "{\"workspace_id\": \"%s\"}".formatted(place))
        .send(anonymous);
    return person(session, verb, path, json);
  }

  /** All tests come from one address: what failed before must not make this one wait. */
  private void forgetFailures() {
    world.superuser().inSystemTransaction(tx -> tx.update("delete from login_attempt"));
  }

  private Request stranger(String path, String json) {
    forgetFailures();
    return client -> anonymous.post(path, json);
  }

  private Request person(NewSession session, String verb, String path, String json) {
    forgetFailures();
    byte[] body = json.isEmpty() ? null : json.getBytes(StandardCharsets.UTF_8);
    return client -> anonymous.send(verb, path, body, TestSessions.headers(session));
  }

  private Request redeem(String token) {
    AccountId account = member();
    Instant now = Instant.now();
    database()
        .inAccountTransaction(
            account,
            tx ->
                tx.update(
                    """
                    insert into password_reset (token_hash, account_id, created_at, expires_at)
                    values (?, ?, ?, ?)
                    """,
                    Sha256.ofText(token).hex(),
                    account.value(),
                    now,
                    now.plusSeconds(600)));
    return stranger(
        "/api/v1/password/resets/redeem",
        "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, NEW));
  }

  private Request change(String key) {
    String json =
        "{\"present_password\": \"%s\", \"password\": \"%s\"}".formatted(TestPerson.PASSWORD, NEW);
    return person(begin(member()), "PUT", "/api/v1/me/password", json);
  }

  private Request revoke(String key) {
    AccountId account = member();
    UUID other = begin(account).id();
    return person(begin(account), "DELETE", "/api/v1/sessions/" + other, "");
  }

  private Request revokeOthers(String key) {
    AccountId account = member();
    begin(account);
    return person(begin(account), "DELETE", "/api/v1/sessions", "");
  }

  private Request work(String key) {
    AccountId account = member();
    NewSession session = begin(account);
    var second = world.appliance().database().newWorkspace();
    TestPerson.join(database(), second, account, "viewer");
    String json = "{\"workspace_id\": \"%s\"}".formatted(second);
    return person(session, "PUT", "/api/v1/me/workspace", json);
  }

  private Request makeKey(String key) {
    forgetKeys();
    return client -> client.post("/api/v1/keys", ROBOT, "Idempotency-Key", key);
  }

  private Request revokeKey(String key) {
    forgetKeys();
    TestClient.Got made = world.client().post("/api/v1/keys", ROBOT);
    String path = "/api/v1/keys/" + made.json().at("/key/id").asText();
    return client -> client.send("DELETE", path, null, List.of());
  }

  /** Only so many may be alive at once, and made in a day. */
  private void forgetKeys() {
    world
        .superuser()
        .inSystemTransaction(
            tx -> tx.update("delete from api_key where name in ('robot', 'newcomer')"));
  }
}
