package io.aragora.workspace;

import io.aragora.access.Caller;
import io.aragora.access.Role;
import io.aragora.access.account.Accounts;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import io.aragora.testing.People;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.invite.Acceptances;
import io.aragora.workspace.invite.Invites;
import io.aragora.workspace.member.Members;
import io.aragora.workspace.member.MembershipWatch;
import io.aragora.workspace.setup.Setup;
import io.aragora.workspace.setup.SetupLinks;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** People, workspaces and all that joins them, on a real database and a clock of the test's own. */
public final class Town {
  public static final String PASSWORD = "seven grey otters swim at dawn";
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final TestDatabase test;
  final Database database;
  final InstantSource clock = now::get;
  private final long series = UUID.randomUUID().getMostSignificantBits();
  private final AtomicLong entries = new AtomicLong();
  // In order, though the clock stands.
  final AuditLog audit =
      new AuditLog(() -> new UUID(series, entries.incrementAndGet()), clock, new SecureRandom());
  final Accounts accounts;
  final Mailer mailer;
  final Members members;
  final Workspaces workspaces;
  final Invites invites;
  final Acceptances acceptances;
  final SetupLinks links;
  final Setup setup;

  Town(TestDatabase test) {
    this(test, null);
  }

  Town(TestDatabase test, Settings.@Nullable Mail mail) {
    this.test = test;
    this.database = test.database();
    this.accounts = new People(test, clock).accounts();
    this.mailer = new Mailer(database, UUID::randomUUID, clock, mail, MailSeal.NONE);
    this.members = new Members(database, audit, clock, List.of(ear(), Invites.watch(clock)));
    this.workspaces =
        new Workspaces(database, accounts, members, audit, clock, Workspaces.Makers.OPERATORS);
    var post = new Invites.Post(mailer, URI.create("https://aragora.example"));
    this.invites = new Invites(database, members, audit, post, clock, new SecureRandom());
    this.acceptances = new Acceptances(database, accounts, new Passwords(), members, audit, clock);
    this.links = new SetupLinks(database, clock, new SecureRandom());
    this.setup = new Setup(database, accounts, new Passwords(), members, audit, clock);
  }

  private MembershipWatch ear() {
    return (tx, workspace, account, change) -> told.add(account + " " + change);
  }

  /** What sessions and keys were told, in order. */
  List<String> told() {
    return told;
  }

  void wait(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** A person nobody has seen before. */
  AccountId person() {
    return person("p" + UUID.randomUUID() + "@example.org", false);
  }

  AccountId person(String email, boolean operator) {
    var id = new AccountId(UUID.randomUUID());
    database.inSystemTransaction(
        tx ->
            tx.update(
                """
                insert into account
                       (account_id, email, email_key, name, status, is_operator, created_at)
                values (?, ?, ?, 'Someone', 'ACTIVE', ?, ?)
                """,
                id.value(),
                email,
                email,
                operator,
                START));
    return id;
  }

  void setStatus(AccountId account, String status) {
    database.inSystemTransaction(
        tx ->
            tx.update(
                """
                update account
                   set status = ?
                 where account_id = ?
                """,
                status,
                account.value()));
  }

  WorkspaceId workspace(AccountId... owners) {
    WorkspaceId workspace = test.newWorkspace();
    for (AccountId owner : owners) {
      join(workspace, owner, Role.OWNER);
    }
    return workspace;
  }

  void join(WorkspaceId workspace, AccountId account, Role role) {
    database.doInTransaction(workspace, tx -> members.join(tx, workspace, account, role));
  }

  AccountId member(WorkspaceId workspace, Role role) {
    AccountId account = person();
    join(workspace, account, role);
    return account;
  }

  /** A person signed in, with what the role lets them do. */
  static Caller as(WorkspaceId workspace, AccountId account, Role role) {
    return Caller.person(workspace, account, UUID.randomUUID(), role.permissions());
  }

  /** A key of nobody's with what a role lets do. */
  static Caller key(WorkspaceId workspace, Role role) {
    return Caller.key(
        workspace, new ActorId(UUID.randomUUID()), role.permissions(), Optional.empty());
  }

  /** Owners who are active in a workspace and may come in. */
  long owners(WorkspaceId workspace) {
    return database.inTransaction(
        workspace,
        tx ->
            tx.one(
                    """
                    select count(*) as owners
                      from member
                      join account using (account_id)
                     where workspace_id = ?
                       and role = 'owner'
                       and member.status = 'ACTIVE'
                       and account.status = 'ACTIVE'
                    """,
                    row -> row.number("owners"),
                    workspace.value())
                .orElseThrow());
  }

  /** What the audit log has of a workspace, oldest first. */
  List<String> actions(WorkspaceId workspace) {
    return database.inTransaction(
        workspace,
        tx ->
            tx.list(
                """
                select action
                  from audit_entry
                 where workspace_id = ?
                 order by at, entry_id
                """,
                row -> row.text("action"),
                workspace.value()));
  }
}
