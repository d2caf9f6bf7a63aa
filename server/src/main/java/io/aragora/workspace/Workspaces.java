package io.aragora.workspace;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.access.account.Account;
import io.aragora.access.account.Accounts;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.Jobs;
import io.aragora.workspace.member.Members;
import io.aragora.workspace.member.Membership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes and names workspaces, and deletes them after a time of grace. */
public final class Workspaces {
  /** Who may make one. */
  public enum Makers {
    OPERATORS,
    EVERYBODY
  }

  static final Duration GRACE = Duration.ofDays(14);
  private static final int MOST_OWNED = 50;

  /** The database erases by its own clock, which may be that much behind. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  private final Database database;
  private final Accounts accounts;
  private final Members members;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Makers makers;
  private final Jobs jobs = new Jobs();
  private final WorkspaceStore store = new WorkspaceStore();
  private final Standing standing;

  public Workspaces(
      Database database,
      Accounts accounts,
      Members members,
      AuditLog audit,
      InstantSource clock,
      Makers makers) {
    this.database = database;
    this.accounts = accounts;
    this.members = members;
    this.audit = audit;
    this.clock = clock;
    this.makers = makers;
    this.standing = new Standing(database, store);
  }

  /** The workspaces a person is in. */
  public List<WorkspaceView.Mine> of(AccountId account) {
    return database.inAccountTransaction(
        account,
        tx ->
            members.of(tx, account).stream()
                .flatMap(membership -> mine(tx, membership).stream())
                .toList());
  }

  /** Makes a workspace with this person as its owner; again under the same id finds it. */
  public WorkspaceView create(AccountId maker, UUID id, String name) {
    var workspace = new WorkspaceId(id);
    return database.inTransaction(
        workspace,
        tx -> {
          Optional<WorkspaceView> before = store.find(tx, workspace);
          if (before.isPresent()) {
            return before.get();
          }
          mustMayMake(tx, maker);
          return make(tx, workspace, maker, name);
        });
  }

  private WorkspaceView make(Tx tx, WorkspaceId workspace, AccountId owner, String name) {
    store.insert(tx, workspace, name, clock.instant());
    members.join(tx, workspace, owner, Role.OWNER);
    return noteMade(tx, workspace);
  }

  private WorkspaceView noteMade(Tx tx, WorkspaceId workspace) {
    WorkspaceView made = store.find(tx, workspace).orElseThrow();
    audit.append(
        tx, workspace, AuditNote.of("workspaces.create", "workspace", workspace).to(made.state()));
    return made;
  }

  public WorkspaceView read(WorkspaceId workspace) {
    return database.inTransaction(
        workspace, tx -> store.find(tx, workspace).orElseThrow(Workspaces::unknown));
  }

  public WorkspaceView rename(WorkspaceId workspace, String name) {
    return database.inTransaction(
        workspace,
        tx -> {
          WorkspaceView before = lock(tx, workspace);
          if (!before.isActive()) {
            throw Refusal.of(ErrorCode.CONFLICT, "the workspace is to be deleted: keep it first");
          }
          if (!before.name().equals(name)) {
            store.rename(tx, workspace, name);
            note(tx, workspace, "workspace.rename", before);
          }
          return store.find(tx, workspace).orElseThrow(Workspaces::unknown);
        });
  }

  /** Sets the day on which everything here is erased; until then it can be taken back. */
  public WorkspaceView delete(WorkspaceId workspace, UUID deletion) {
    WorkspaceView condemned =
        database.inTransaction(
            workspace,
            tx -> {
              WorkspaceView before = lock(tx, workspace);
              if (before.isActive()) {
                Instant eraseAt = clock.instant().plus(GRACE);
                store.condemn(tx, workspace, deletion, eraseAt);
                jobs.addLater(tx, Erasure.KIND, deletion, workspace, GRACE);
                note(tx, workspace, "workspace.delete", before);
              }
              return store.find(tx, workspace).orElseThrow(Workspaces::unknown);
            });
    standing.forget(workspace);
    return condemned;
  }

  /** Makes a workspace that no person is in, for programs and tests. */
  public WorkspaceView makeUnpeopled(WorkspaceId workspace, WorkspaceName name) {
    return database.inTransaction(
        workspace,
        tx -> {
          store.insert(tx, workspace, name.name(), clock.instant());
          return noteMade(tx, workspace);
        });
  }

  /** Erases all of a workspace that no person is in, without a time of grace. */
  public void eraseUnpeopled(WorkspaceId workspace, UUID deletion) {
    database.doInTransaction(
        workspace,
        tx -> {
          WorkspaceView before = lock(tx, workspace);
          if (!members.isEmpty(tx, workspace)) {
            throw Refusal.of(ErrorCode.CONFLICT, "the workspace has members: its owner deletes it");
          }
          if (store.isFirst(tx, workspace)) {
            throw Refusal.of(ErrorCode.CONFLICT, "the first workspace stays");
          }
          store.condemn(tx, workspace, deletion, clock.instant().minus(CLOCKS_APART));
          note(tx, workspace, "workspace.delete", before);
        });
    new Erasure(database, store, audit, clock).all(workspace);
  }

  /** Takes the wish to delete back. */
  public WorkspaceView keep(WorkspaceId workspace) {
    WorkspaceView kept =
        database.inTransaction(
            workspace,
            tx -> {
              WorkspaceView before = lock(tx, workspace);
              if (!before.isActive()) {
                store.keep(tx, workspace);
                note(tx, workspace, "workspace.keep", before);
              }
              return store.find(tx, workspace).orElseThrow(Workspaces::unknown);
            });
    standing.forget(workspace);
    return kept;
  }

  /** Takes from callers in a workspace that is to be deleted all but reading and keeping it. */
  public Caller standing(Caller caller) {
    return standing.of(caller);
  }

  /** What erases workspaces when their time has come. */
  public JobHandler worker() {
    return new Erasure(database, store, audit, clock);
  }

  /** Writes down that everything here is handed out. */
  public void noteExport(WorkspaceId workspace) {
    database.doInTransaction(
        workspace,
        tx ->
            audit.append(tx, workspace, AuditNote.of("workspace.export", "workspace", workspace)));
  }

  private Optional<WorkspaceView.Mine> mine(Tx tx, Membership membership) {
    tx.enter(membership.workspace());
    return store
        .find(tx, membership.workspace())
        .map(
            found ->
                new WorkspaceView.Mine(
                    found.id(),
                    found.name(),
                    membership.role().wire(),
                    found.status(),
                    found.eraseAt()));
  }

  private void mustMayMake(Tx tx, AccountId maker) {
    boolean may =
        makers == Makers.EVERYBODY
            || accounts.byId(tx, maker).filter(Account::isOperator).isPresent();
    if (!may) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "only operators make workspaces here");
    }
    long owned = members.of(tx, maker).stream().filter(each -> each.role() == Role.OWNER).count();
    if (owned >= MOST_OWNED) {
      throw Refusal.of(ErrorCode.CONFLICT, "you own %d workspaces already".formatted(owned));
    }
  }

  private WorkspaceView lock(Tx tx, WorkspaceId workspace) {
    return store.lock(tx, workspace).orElseThrow(Workspaces::unknown);
  }

  private void note(Tx tx, WorkspaceId workspace, String action, WorkspaceView before) {
    WorkspaceView after = store.find(tx, workspace).orElseThrow(Workspaces::unknown);
    audit.append(
        tx,
        workspace,
        AuditNote.of(action, "workspace", workspace).from(before.state()).to(after.state()));
  }

  private static Refusal unknown() {
    return Refusal.of(ErrorCode.NOT_FOUND, "there is no such workspace");
  }

  /** The permission to see a workspace off, and to take that back, outlives all that change. */
  static boolean staysWhileDeleting(Permission permission) {
    return permission == Permission.DELETE_WORKSPACE
        || permission.wire().endsWith(".read")
        || permission.wire().endsWith(".export");
  }
}
