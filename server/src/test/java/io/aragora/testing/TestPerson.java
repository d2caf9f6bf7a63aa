package io.aragora.testing;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestClient.Got;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A person with an account, who speaks to a test appliance as a browser's page would. */
public final class TestPerson {
  public static final String PASSWORD = "violet kettle under seven moons";
  private static final String HASH = new Passwords().hash(PASSWORD);
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final TestClient client;
  private final String cookie;
  private final String csrf;

  private TestPerson(TestClient client, String cookie, String csrf) {
    this.client = client;
    this.cookie = cookie;
    this.csrf = csrf;
  }

  /** Makes an account with {@link #PASSWORD}. */
  public static AccountId account(Database database, String email) {
    return insert(database, email, "Test Person", Kind.PERSON);
  }

  /** As {@link #account}, of somebody who runs the appliance. */
  public static AccountId operator(Database database, String email) {
    return insert(database, email, "Test Operator", Kind.OPERATOR);
  }

  /** As {@link #account}, with an address and a name that {@code name} is seen in. */
  public static AccountId named(Database database, String name) {
    String email = name + "-" + UUID.randomUUID() + "@example.org";
    return insert(database, email, "Name of " + name, Kind.PERSON);
  }

  /** A new person in a workspace. */
  public static AccountId member(Database database, WorkspaceId workspace, String role) {
    AccountId account = named(database, "someone");
    join(database, workspace, account, role);
    return account;
  }

  private enum Kind {
    PERSON,
    OPERATOR
  }

  private static AccountId insert(Database database, String email, String name, Kind kind) {
    var id = new AccountId(UUID.randomUUID());
    database.inSystemTransaction(
        tx ->
            tx.update(
                """
                insert into account
                       (account_id, email, email_key, name, password_hash, password_changed_at,
                        status, is_operator, created_at)
                values (?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?)
                """,
                id.value(),
                email,
                email.toLowerCase(Locale.ROOT),
                name,
                HASH,
                LONG_AGO,
                kind == Kind.OPERATOR,
                LONG_AGO));
    return id;
  }

  /** Makes a person a member, or changes what they are. */
  public static void join(
      Database database, WorkspaceId workspace, AccountId account, String role) {
    database.inTransaction(
        workspace,
        tx ->
            tx.update(
                """
                insert into member (workspace_id, account_id, role, status, joined_at)
                values (?, ?, ?, 'ACTIVE', ?)
                    on conflict (workspace_id, account_id) do update
                   set role = excluded.role, status = 'ACTIVE'
                """,
                workspace.value(),
                account.value(),
                role,
                LONG_AGO));
  }

  /** Takes a person out of a workspace. */
  public static void leave(Database database, WorkspaceId workspace, AccountId account) {
    database.inTransaction(
        workspace,
        tx ->
            tx.update(
                "update member set status = 'DEACTIVATED' where workspace_id = ? and account_id ="
                    + " ?",
                workspace.value(),
                account.value()));
  }

  /** A new member of the appliance's workspace, signed in. */
  public static TestPerson in(TestAppliance appliance, String role) {
    String email = UUID.randomUUID() + "@example.org";
    Database database = appliance.database().database();
    join(database, appliance.key().workspace(), account(database, email), role);
    return signIn(appliance.anonymous(), email);
  }

  /** Signs in with {@link #PASSWORD}. */
  public static TestPerson signIn(TestClient anonymous, String email) {
    Got got = anonymous.post("/api/v1/sessions", signInBody(email, PASSWORD));
    if (got.status() != 200) {
      throw new IllegalStateException(got.status() + " " + got.text());
    }
    String cookie = got.raw().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    return new TestPerson(anonymous, cookie, got.json().path("csrf_token").asText());
  }

  public static String signInBody(String email, String password) {
    return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
  }

  /** The cookie as a browser sends it: name and token. */
  public String cookie() {
    return cookie;
  }

  public String csrf() {
    return csrf;
  }

  public Got get(String path) {
    return client.send("GET", path, null, List.of("Cookie", cookie));
  }

  public Got delete(String path) {
    return send("DELETE", path, null);
  }

  public Got put(String path, String json) {
    return send("PUT", path, json);
  }

  public Got post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  /** With the cookie and the token, as the person's own page sends it. */
  public Got send(String verb, String path, @Nullable String json, String... more) {
    var headers = new ArrayList<>(List.of("Cookie", cookie, "X-CSRF-Token", csrf));
    Stream.of(more).forEach(headers::add);
    return client.send(
        verb, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8), headers);
  }
}
