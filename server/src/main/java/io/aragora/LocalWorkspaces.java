package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.access.account.SecondFactor;
import io.aragora.audit.AuditLog;
import io.aragora.cli.admin.WorkspaceDesk;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import io.aragora.workspace.WorkspaceName;
import io.aragora.workspace.Workspaces;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.UUID;

/** The workspaces without people of a database, opened for one command. */
final class LocalWorkspaces implements WorkspaceDesk {
  private final Database database;
  private final Ids ids;
  private final InstantSource clock;
  private final Access access;
  private final Workspaces workspaces;

  private LocalWorkspaces(
      Database database, Ids ids, InstantSource clock, Access access, Workspaces workspaces) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.access = access;
    this.workspaces = workspaces;
  }

  static LocalWorkspaces open(Settings settings, InstantSource clock) {
    Ids ids = Generators.timeBasedEpochGenerator()::generate;
    var random = new SecureRandom();
    var database = Database.openForCommand(settings.database().app(), 2);
    var audit = new AuditLog(ids, clock, random);
    var mailer = new Mailer(database, ids, clock, null, MailSeal.NONE);
    var people =
        People.join(
            settings,
            new People.Ground(database, ids, clock, audit, new Passwords()),
            SecondFactor.NONE,
            mailer);
    var places =
        Workplaces.join(
            settings, new Workplaces.Ground(database, clock, audit, random), people, mailer);
    return new LocalWorkspaces(database, ids, clock, people.access(), places.workspaces());
  }

  @Override
  public Made make(String name, Duration keyLife) {
    var workspace = new WorkspaceId(ids.next());
    var made = workspaces.makeUnpeopled(workspace, checked(name));
    NewKey key =
        access.createKey(
            workspace,
            new ActorId(ids.next()),
            "command line",
            EnumSet.allOf(Permission.class),
            keyLife);
    return new Made(workspace.value(), made.name(), key.secret(), clock.instant().plus(keyLife));
  }

  private static WorkspaceName checked(String name) {
    try {
      return new WorkspaceName(name);
    } catch (IllegalArgumentException bad) {
      throw Refusal.invalid("/name", "invalid", String.valueOf(bad.getMessage()));
    }
  }

  @Override
  public void erase(UUID workspace) {
    workspaces.eraseUnpeopled(new WorkspaceId(workspace), ids.next());
  }

  @Override
  public void close() {
    database.close();
  }
}
