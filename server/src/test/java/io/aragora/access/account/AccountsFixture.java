package io.aragora.access.account;

import io.aragora.access.Access;
import io.aragora.access.CallerSource;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Trail;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import io.aragora.platform.observe.DoerScope;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.TestPerson;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Accounts and sessions on the real database, with a clock that is set; one person to try with. */
final class AccountsFixture {
  final Database database = TestDatabase.shared().database();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  final Node node = new Node(SecondFactor.NONE);
  final WorkspaceId workspace = TestDatabase.shared().newWorkspace();
  final String email = UUID.randomUUID() + "@example.org";
  final String address = address();
  final AccountId account = TestPerson.account(database, email);

  AccountsFixture() {
    TestPerson.join(database, workspace, account, "member");
  }

  /** What one server has in its memory. */
  final class Node {
    final Passwords passwords = new Passwords();
    final Access access;
    final Sessions sessions;
    final Accounts accounts;

    Node(SecondFactor factor) {
      InstantSource clock = now::get;
      var audit = new AuditLog(UUID::randomUUID, clock, new SecureRandom());
      access = new Access(database, UUID::randomUUID, clock, audit);
      var trail = new Trail(audit);
      sessions =
          new Sessions(
              database,
              access,
              trail,
              UUID::randomUUID,
              clock,
              new Sessions.Life(Duration.ofMinutes(30), Duration.ofHours(12)));
      accounts =
          new Accounts(
              new AccountParts(
                  database,
                  clock,
                  passwords,
                  access,
                  sessions,
                  trail,
                  factor,
                  new Mailer(database, UUID::randomUUID, clock, null, MailSeal.NONE),
                  URI.create("https://example.org")));
    }

    NewSession signIn(String who, String password, String from) {
      return signIn(new Wish.SignIn(who, password, null), from);
    }

    NewSession signIn(Wish.SignIn wish, String from) {
      var stranger = new Doer(Doer.Kind.STRANGER, new ActorId(new UUID(0, 0)), Optional.of(from));
      return DoerScope.call(stranger, () -> accounts.signIn(wish, Browser.SILENT));
    }
  }

  void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  /** An address nobody tried from yet. */
  static String address() {
    byte[] bytes = new byte[3];
    new SecureRandom().nextBytes(bytes);
    return "10.%d.%d.%d".formatted(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255);
  }

  static CallerSource.Head head(NewSession session) {
    return new CallerSource.Head(
        "GET", Map.of("Cookie", List.of("__Host-aragora=" + session.token())));
  }

  /** The actions in the workspace's audit log with their outcomes, oldest first. */
  List<String> audited() {
    return database.inTransaction(
        workspace,
        tx ->
            tx.list(
                "select action || ' ' || outcome as line from audit_entry order by at, entry_id",
                row -> row.text("line")));
  }
}
