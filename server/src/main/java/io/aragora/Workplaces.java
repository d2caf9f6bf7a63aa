package io.aragora;

import io.aragora.access.Access;
import io.aragora.audit.AuditLog;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Routes;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.mail.Mailer;
import io.aragora.workspace.WorkspaceExport;
import io.aragora.workspace.WorkspaceRoutes;
import io.aragora.workspace.Workspaces;
import io.aragora.workspace.invite.Acceptances;
import io.aragora.workspace.invite.InviteRoutes;
import io.aragora.workspace.invite.Invites;
import io.aragora.workspace.member.MemberRoutes;
import io.aragora.workspace.member.Members;
import io.aragora.workspace.member.MembershipWatch;
import io.aragora.workspace.setup.Setup;
import io.aragora.workspace.setup.SetupRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Where people work: workspaces, their members and how one becomes a member, joined. */
record Workplaces(
    Workspaces workspaces,
    Members members,
    Invites invites,
    Acceptances acceptances,
    Setup setup,
    People people,
    Mailer mailer) {

  /** What all of them stand on. */
  record Ground(Database database, InstantSource clock, AuditLog audit, RandomGenerator random) {}

  static Workplaces join(Settings settings, Ground ground, People people, Mailer mailer) {
    Database database = ground.database();
    InstantSource clock = ground.clock();
    AuditLog audit = ground.audit();
    Passwords passwords = people.passwords();
    var watches = List.of(whatMembershipsCarry(people), Invites.watch(clock));
    var members = new Members(database, audit, clock, watches);
    var workspaces =
        new Workspaces(database, people.accounts(), members, audit, clock, makers(settings));
    var post = new Invites.Post(mailer, settings.http().publicUrl());
    return new Workplaces(
        workspaces,
        members,
        new Invites(database, members, audit, post, clock, ground.random()),
        new Acceptances(database, people.accounts(), passwords, members, audit, clock),
        new Setup(database, people.accounts(), passwords, members, audit, clock),
        people,
        mailer);
  }

  /** What its jobs are: deletions whose time has come, and mail if it is sent. */
  Stream<JobHandler> workers() {
    return Stream.concat(Stream.of(workspaces.worker()), mailer.worker().stream());
  }

  /** {@code more} is what other parts put into an export. */
  List<Routes> routes(List<WorkspaceExport> more, io.aragora.kernel.Ids ids) {
    var own =
        Stream.of(
            WorkspaceExport.one("workspace", workspaces::read),
            WorkspaceExport.of("member", members::list),
            WorkspaceExport.of("invite", invites::list));
    return List.of(
        new WorkspaceRoutes(workspaces, Stream.concat(own, more.stream()).toList()),
        new MemberRoutes(members),
        new InviteRoutes(invites, acceptances, people.sessions()),
        new SetupRoutes(setup, people.sessions(), ids));
  }

  /** A member's sessions here follow the role; sessions and keys end with the membership. */
  private static MembershipWatch whatMembershipsCarry(People people) {
    Access access = people.access();
    return new MembershipWatch() {
      @Override
      public void changed(Tx tx, WorkspaceId workspace, AccountId account, Change change) {
        if (change == Change.ENDED) {
          access.revokeAll(tx, workspace, account);
        }
        people.sessions().endAll(tx, account, workspace);
      }

      @Override
      public void settled() {
        access.forget();
      }
    };
  }

  private static Workspaces.Makers makers(Settings settings) {
    return settings.people().mayMakeWorkspaces()
        ? Workspaces.Makers.EVERYBODY
        : Workspaces.Makers.OPERATORS;
  }
}
