package io.aragora.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Access;
import io.aragora.access.KeyPerson;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.access.account.AccountPerson;
import io.aragora.access.session.SessionPerson;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.audit.AuditPerson;
import io.aragora.debate.person.DebatePerson;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.platform.mail.MailPerson;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.TestPerson;
import io.aragora.workspace.invite.InvitePerson;
import io.aragora.workspace.member.MemberPerson;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person sees all that is kept about them, and can go without breaking what was signed. */
final class PrivacyTest {
  private static final InstantSource SYSTEM = InstantSource.system();

  private static TestAppliance appliance;
  private static TestDatabase test;
  private static TestClient client;
  private static WorkspaceId here;

  @BeforeAll
  static void start() {
    appliance = TestAppliance.start();
    test = appliance.database();
    client = appliance.client();
    here = appliance.key().workspace();
  }

  @AfterAll
  static void stop() {
    appliance.close();
  }

  @Test
  void anExportHoldsWhatTheWorkspaceKeepsAndNothingOfAnother() {
    AccountId anna = everywhere("anna");
    JsonNode export = export(client, anna);
    JsonNode parts = export.path("workspaces").path(0).path("parts");

    assertThat(export.path("account_id").asText()).isEqualTo(anna.toString());
    assertThat(export.path("workspaces")).hasSize(1);
    assertThat(parts.path("membership").path("email").asText()).startsWith("anna-");
    assertThat(parts.path("membership").path("role").asText()).isEqualTo("member");
    assertThat(parts.path("api_keys")).hasSize(1);
    assertThat(parts.path("sessions")).hasSize(1);
    assertThat(parts.path("debates").path(0).path("question").asText()).contains("of anna");
    assertThat(parts.path("audit_entries").path(0).path("address").asText()).isEqualTo("192.0.2.1");
    assertThat(export.toString())
        .doesNotContain("198.51.100.9")
        .doesNotContain("hash")
        .doesNotContain("salt");
  }

  @Test
  void aPersonSeesThemselvesInEveryWorkspace() {
    AccountId ben = everywhere("ben");
    String export = Json.text(privacy().exportOwn(ben));
    JsonNode read = Json.tree(export);

    assertThat(read.path("workspaces")).hasSize(2);
    assertThat(read.path("own").path("account").path("name").asText()).isEqualTo("Name of ben");
    assertThat(read.path("own").path("sessions")).hasSize(2);
    assertThat(export).contains("192.0.2.1", "198.51.100.9").doesNotContain("hash", "argon2");
  }

  @Test
  void readingAboutAPersonIsAuditedOnceInAWhile() {
    AccountId cleo = TestPerson.member(test.database(), here, "viewer");
    export(client, cleo);
    export(client, cleo);
    assertThat(
            count(
                "select count(*) as n from audit_entry where action = 'people.export'"
                    + " and target_id = '%s'",
                cleo))
        .isEqualTo(1);
  }

  @Test
  void whoIsErasedLeavesNoWordOfTheirsAndEverySignedRecordStillVerifies() {
    AccountId dora = TestPerson.member(test.database(), here, "member");
    String email = one("select email as v from account where account_id = '%s'", dora);
    NewKey key = keyOf(dora, here);
    sign(dora, here, "203.0.113.77");
    JsonNode debate = client.decide("{\"question\": \"Is what was signed still valid?\"}");
    note(dora, here, "203.0.113.77", email);
    String bodies = bodies();
    byte[] receipt = loggedReceipt(debate.path("receipt_id").asText());

    assertThat(erase(client, dora).status()).isEqualTo(204);

    var dump = TableDump.of(test);
    assertThat(dump.tablesWith(email)).isEmpty();
    assertThat(dump.tablesWith("203.0.113.77")).isEmpty();
    assertThat(one("select status as v from account where account_id = '%s'", dora))
        .isEqualTo("ERASED");
    assertThat(count("select count(*) as n from session where account_id = '%s'", dora)).isZero();
    assertThat(appliance.client(key).get("/api/v1/me").status()).isEqualTo(401);
    assertThat(bodies()).startsWith(bodies);
    assertThat(
            client
                .send(
                    "POST",
                    "/api/v1/receipts/verify",
                    receipt,
                    List.of("Content-Type", "application/octet-stream"))
                .json()
                .path("conclusion")
                .asText())
        .isEqualToIgnoringCase("valid");
    // The address is free again, and erasing twice is erasing once.
    assertThat(erase(client, dora).status()).isEqualTo(204);
    assertThat(
            count(
                "select count(*) as n from audit_entry where action = 'people.erase'"
                    + " and target_id = '%s'",
                dora))
        .isEqualTo(1);
  }

  @Test
  void invitesMailAndLinksOfAnErasedPersonKeepNoAddress() {
    AccountId hana = TestPerson.member(test.database(), here, "member");
    String email = one("select email as v from account where account_id = '%s'", hana);
    test.database()
        .doInTransaction(
            here,
            tx -> {
              tx.enter(hana);
              tx.update(
                  """
                  insert into invite
                         (invite_id, workspace_id, role, email, token_hash, issue_id, invited_by,
                          created_at, expires_at)
                  values (?, ?, 'viewer', ?, ?, ?, ?, now(), now() + interval '1 day')
                  """,
                  UUID.randomUUID(),
                  here.value(),
                  email.toUpperCase(java.util.Locale.ROOT),
                  UUID.randomUUID().toString(),
                  UUID.randomUUID(),
                  hana.value());
              tx.update(
                  """
                  insert into password_reset (token_hash, account_id, created_at, expires_at)
                  values (?, ?, now(), now() + interval '1 hour')
                  """,
                  UUID.randomUUID().toString(),
                  hana.value());
              tx.update(
                  """
                  insert into mail_outbox (mail_id, recipient, subject, body, posted_at)
                  values (?, ?, 'A link', ?, now())
                  """,
                  UUID.randomUUID(),
                  email,
                  new byte[] {1});
            });

    assertThat(erase(client, hana).status()).isEqualTo(204);

    assertThat(count("select count(*) as n from invite where lower(email) = lower('%s')", email))
        .isZero();
    assertThat(
            count(
                "select count(*) as n from invite where workspace_id = '%s'"
                    + " and revoked_at is null and email is null",
                here))
        .as("no open invite without an address is left behind")
        .isZero();
    assertThat(count("select count(*) as n from password_reset where account_id = '%s'", hana))
        .isZero();
    assertThat(count("select count(*) as n from mail_outbox where recipient = '%s'", email))
        .isZero();
  }

  @Test
  void whoIsNeededElsewhereLosesOnlyThisWorkspace() {
    AccountId eva = everywhere("eva");
    assertThat(erase(client, eva).status()).isEqualTo(204);

    assertThat(one("select status as v from account where account_id = '%s'", eva))
        .isEqualTo("ACTIVE");
    assertThat(one("select email as v from account where account_id = '%s'", eva))
        .startsWith("eva-");
    JsonNode left = Json.tree(Json.text(privacy().exportOwn(eva))).path("workspaces");
    String text = left.toString();
    assertThat(text).contains("198.51.100.9");
    assertThat(
            count(
                "select count(*) as n from audit_entry where actor_id = '%s' and salt is null",
                eva))
        .isEqualTo(1);
  }

  @Test
  void theLastOwnerCannotBeErased() {
    WorkspaceId place = test.newWorkspace();
    AccountId owner = TestPerson.member(test.database(), place, "owner");
    assertThatThrownBy(() -> privacy().erase(place, owner))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThatThrownBy(() -> privacy().eraseOwn(owner, emailOf(owner)))
        .hasMessageContaining("the last owner of workspace " + place);

    TestPerson.member(test.database(), place, "owner");
    privacy().erase(place, owner);
    assertThat(one("select status as v from account where account_id = '%s'", owner))
        .isEqualTo("ERASED");
  }

  @Test
  void ofTwoOwnersErasedAtOnceOneStays() {
    for (int round = 0; round < 5; round++) {
      WorkspaceId place = test.newWorkspace();
      List<AccountId> owners =
          List.of(
              TestPerson.member(test.database(), place, "owner"),
              TestPerson.member(test.database(), place, "owner"));
      List<CompletableFuture<Boolean>> both =
          owners.stream()
              .map(
                  owner ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              privacy().erase(place, owner);
                              return true;
                            } catch (Refusal last) {
                              return false;
                            }
                          }))
              .toList();
      assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void aPersonErasesThemselvesEverywhereIfTheyMeanIt() {
    AccountId finn = everywhere("finn");
    assertThatThrownBy(() -> privacy().eraseOwn(finn, "somebody@example.org"))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.INVALID_INPUT));
    String email = emailOf(finn);
    privacy().eraseOwn(finn, email);

    assertThat(TableDump.of(test).tablesWith(email)).isEmpty();
    assertThat(
            count(
                "select count(*) as n from member where account_id = '%s' and status = 'ACTIVE'",
                finn))
        .isZero();
    assertThat(
            count(
                "select count(*) as n from api_key where account_id = '%s' and revoked_at is null",
                finn))
        .isZero();
  }

  @Test
  void nobodyReachesAPersonOfAnotherWorkspace() {
    AccountId gina = TestPerson.member(test.database(), here, "member");
    TestClient stranger = appliance.clientOf(EnumSet.allOf(Permission.class));
    assertThat(stranger.get(path(gina)).code()).isEqualTo("not_found");
    assertThat(erase(stranger, gina).code()).isEqualTo("not_found");
    assertThat(client.get("/api/v1/members/" + UUID.randomUUID() + "/data").code())
        .isEqualTo("not_found");
    assertThat(client.get("/api/v1/members/nobody/data").code()).isEqualTo("not_found");
  }

  @Test
  void aKeyIsNoPerson() {
    assertThat(client.get("/api/v1/me/data").status()).isEqualTo(403);
    assertThat(client.post("/api/v1/me/erase", "{\"email\": \"a@b.c\"}").status()).isEqualTo(403);
  }

  /** A person in this workspace and another, with something in each. */
  private static AccountId everywhere(String name) {
    AccountId account = TestPerson.named(test.database(), name);
    WorkspaceId other = test.newWorkspace();
    for (WorkspaceId place : List.of(here, other)) {
      String address = place.equals(here) ? "192.0.2.1" : "198.51.100.9";
      TestPerson.join(test.database(), place, account, "member");
      keyOf(account, place);
      sign(account, place, address);
      note(account, place, address, "a word");
    }
    superuser(
        "update debate set actor_id = '%s' where debate_id = '%s'"
            .formatted(
                account,
                client
                    .decide("{\"question\": \"A question of " + name + "?\"}")
                    .path("id")
                    .asText()));
    return account;
  }

  private static NewKey keyOf(AccountId account, WorkspaceId place) {
    NewKey key =
        new Access(test.database(), UUID::randomUUID, SYSTEM)
            .createKey(
                place,
                account.actor(),
                "a key",
                EnumSet.of(Permission.READ_DEBATE),
                Duration.ofDays(1));
    superuser(
        "update api_key set account_id = '%s' where key_id = '%s'".formatted(account, key.id()));
    return key;
  }

  private static void sign(AccountId account, WorkspaceId place, String address) {
    superuser(
        """
        insert into session (session_id, account_id, token_hash, csrf_hash, workspace_id, strength,
                             created_at, last_seen_at, expires_at, address, agent)
        values ('%1$s', '%2$s', '%1$s', 'x', '%3$s', 'password', now(), now(), now(), '%4$s', 'curl')
        """
            .formatted(UUID.randomUUID(), account, place, address));
  }

  private static void note(AccountId account, WorkspaceId place, String address, String word) {
    var doer = new Doer(Doer.Kind.PERSON, account.actor(), Optional.of(address));
    test.database()
        .doInTransaction(
            place,
            tx ->
                audit()
                    .append(
                        tx,
                        place,
                        AuditNote.of("test.noted", "test", "1").with("word", word),
                        doer));
    var admin = new Doer(Doer.Kind.PERSON, new ActorId(UUID.randomUUID()), Optional.empty());
    test.database()
        .doInTransaction(
            place,
            tx ->
                audit()
                    .append(
                        tx,
                        place,
                        AuditNote.of("test.invited", "account", account).with("to", word),
                        admin));
  }

  private static AuditLog audit() {
    return new AuditLog(UUID::randomUUID, SYSTEM, new SecureRandom());
  }

  private static Privacy privacy() {
    return new Privacy(
        test.database(),
        audit(),
        SYSTEM,
        List.of(
            new MemberPerson(),
            new KeyPerson(SYSTEM),
            new DebatePerson(),
            new AuditPerson(audit()),
            new InvitePerson(),
            new MailPerson(),
            new SessionPerson(),
            new AccountPerson()));
  }

  /** A receipt with its place in the log, which it gets within a second. */
  private static byte[] loggedReceipt(String id) {
    return Awaitility.await()
        .until(() -> client.get("/api/v1/receipts/" + id).raw().body(), PrivacyTest::isLogged);
  }

  private static boolean isLogged(byte[] receipt) {
    return client
        .send(
            "POST",
            "/api/v1/receipts/verify",
            receipt,
            List.of("Content-Type", "application/octet-stream"))
        .json()
        .path("conclusion")
        .asText()
        .equalsIgnoreCase("valid");
  }

  private static JsonNode export(TestClient who, AccountId account) {
    TestClient.Got got = who.get(path(account));
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    return got.json();
  }

  private static TestClient.Got erase(TestClient who, AccountId account) {
    return who.send("DELETE", path(account), null, List.of());
  }

  private static String path(AccountId account) {
    return "/api/v1/members/" + account + "/data";
  }

  private static String emailOf(AccountId account) {
    return one("select email as v from account where account_id = '%s'", account);
  }

  /** What the audit log's leaves are made from, oldest first. */
  private static String bodies() {
    return one(
        "select string_agg(encode(body, 'hex'), '' order by at, entry_id) as v"
            + " from audit_entry where workspace_id = '%s'",
        here);
  }

  private static String one(String sql, Object id) {
    return look(sql.formatted(id), "v").findFirst().orElseThrow();
  }

  private static long count(String sql, Object id) {
    return Long.parseLong(
        look("select n::text as n from (" + sql.formatted(id) + ") as counted", "n")
            .findFirst()
            .orElseThrow());
  }

  private static Stream<String> look(String sql, String column) {
    try (var database = Database.open(test.superuser(), 1)) {
      return database.inSystemTransaction(tx -> tx.list(sql, row -> row.text(column))).stream();
    }
  }

  private static void superuser(String sql) {
    try (var database = Database.open(test.superuser(), 1)) {
      database.inSystemTransaction(tx -> tx.update(sql));
    }
  }
}
