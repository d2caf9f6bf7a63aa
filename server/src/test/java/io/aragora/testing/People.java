package io.aragora.testing;

import io.aragora.access.Access;
import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.account.AccountParts;
import io.aragora.access.account.Accounts;
import io.aragora.access.account.SecondFactor;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.SessionReply;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.access.session.Trail;
import io.aragora.access.trail.PersonTrail;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.Json;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import io.aragora.platform.secret.SecretBox;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** People with a workspace each, and what signing them in is made of. */
public final class People {
  public static final String PASSWORD = TestPerson.PASSWORD;

  private final TestDatabase test;
  private final Passwords passwords = new Passwords();
  private final Accounts accounts;
  private final Sessions sessions;
  private final AuditLog audit;

  public People(TestDatabase test, InstantSource clock) {
    this.test = test;
    this.audit = new AuditLog(UUID::randomUUID, clock, new SecureRandom());
    var access = new Access(test.database(), UUID::randomUUID, clock, audit);
    var trail = new Trail(audit);
    var life = new Sessions.Life(Duration.ofMinutes(30), Duration.ofHours(12));
    this.sessions = new Sessions(test.database(), access, trail, UUID::randomUUID, clock, life);
    this.accounts =
        new Accounts(
            new AccountParts(
                test.database(),
                clock,
                passwords,
                access,
                sessions,
                trail,
                SecondFactor.NONE,
                new Mailer(test.database(), UUID::randomUUID, clock, null, MailSeal.NONE),
                URI.create("https://example.org")));
  }

  /** One person, signed in to a workspace that they own. */
  public record Person(AccountId id, String email, WorkspaceId workspace, Caller caller) {}

  public Person add() {
    return add("person-" + UUID.randomUUID() + "@example.org");
  }

  public Person add(String email) {
    AccountId id = TestPerson.account(database(), email);
    WorkspaceId workspace = test.newWorkspace();
    TestPerson.join(database(), workspace, id, "owner");
    var caller = Caller.person(workspace, id, UUID.randomUUID(), EnumSet.allOf(Permission.class));
    return new Person(id, email, workspace, caller);
  }

  /** From now on this account lets nobody in; somebody else owns the workspace. */
  public void deactivate(Person person) {
    AccountId heir = TestPerson.account(database(), UUID.randomUUID() + "@example.org");
    TestPerson.join(database(), person.workspace(), heir, "owner");
    database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    "update account set status = 'DEACTIVATED' where account_id = ?",
                    person.id().value()));
  }

  /** The headers of a browser this person has just signed in with. */
  public List<String> browser(Person person) {
    NewSession session = sessions.begin(person.id(), Strength.PASSWORD, Browser.SILENT);
    Reply reply = SessionReply.of(session);
    String cookie = String.valueOf(reply.headers().get("Set-Cookie")).split(";", 2)[0];
    String csrf = Json.toTree(reply.body()).path("value").path("csrf_token").asText();
    return List.of("Cookie", cookie, "X-CSRF-Token", csrf);
  }

  /** What the audit log of the person's workspace says: {@code action outcome}, oldest first. */
  public List<String> noted(Person person) {
    return database()
        .inTransaction(
            person.workspace(),
            tx ->
                tx.list(
                    """
                    select action, outcome
                      from audit_entry
                     order by at, entry_id
                    """,
                    row -> row.text("action") + " " + row.text("outcome")));
  }

  public Database database() {
    return test.database();
  }

  public SecretBox box() {
    return TestSecrets.of(test);
  }

  public Passwords passwords() {
    return passwords;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Sessions sessions() {
    return sessions;
  }

  public PersonTrail trail() {
    return new PersonTrail(audit);
  }
}
