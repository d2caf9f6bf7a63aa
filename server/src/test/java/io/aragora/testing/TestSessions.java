package io.aragora.testing;

import io.aragora.access.Access;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.access.session.Trail;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Signs people in without their passwords, for tests that do so thousands of times. */
public final class TestSessions {
  private final Database database;
  private final Sessions sessions;

  public TestSessions(Database database) {
    this.database = database;
    InstantSource clock = InstantSource.system();
    var audit = new AuditLog(UUID::randomUUID, clock, new SecureRandom());
    var access = new Access(database, UUID::randomUUID, clock, audit);
    var life = new Sessions.Life(Duration.ofHours(1), Duration.ofHours(1));
    this.sessions = new Sessions(database, access, new Trail(audit), UUID::randomUUID, clock, life);
  }

  /** A new person in this role. */
  public AccountId member(WorkspaceId workspace, String role) {
    AccountId account = TestPerson.account(database, UUID.randomUUID() + "@example.org");
    TestPerson.join(database, workspace, account, role);
    return account;
  }

  public NewSession begin(AccountId account) {
    return sessions.begin(account, Strength.PASSWORD, Browser.SILENT);
  }

  /** What the person's own page sends, as headers. */
  public static List<String> headers(NewSession session) {
    return List.of("Cookie", "__Host-aragora=" + session.token(), "X-CSRF-Token", session.csrf());
  }
}
