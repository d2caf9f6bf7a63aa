package io.aragora.workspace;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.job.JobHandler;
import io.aragora.platform.job.JobKind;
import io.aragora.platform.job.JobRun;
import java.time.Duration;
import java.time.InstantSource;

/** Erases what a workspace held once its grace is over, some rows at a time. */
final class Erasure implements JobHandler {
  static final JobKind KIND =
      new JobKind("workspace.erase", 1_000, Duration.ofSeconds(30), Duration.ofHours(1));

  private final Database database;
  private final WorkspaceStore store;
  private final AuditLog audit;
  private final InstantSource clock;

  Erasure(Database database, WorkspaceStore store, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public JobKind kind() {
    return KIND;
  }

  /** A wish that was taken back, or replaced by another, finds nothing to do. */
  @Override
  public void run(JobRun run) {
    boolean isDue =
        database.inTransaction(
            run.workspace(),
            tx -> store.isDue(tx, run.workspace(), run.subject(), clock.instant()));
    for (boolean isLeft = isDue; isLeft; ) {
      if (run.isDraining()) {
        run.giveBack();
        return;
      }
      isLeft = step(run.workspace());
      run.progressed();
    }
  }

  @Override
  public void gaveUp(JobRun run, Throwable cause) {
    throw new IllegalStateException("workspace " + run.workspace() + " is not erased", cause);
  }

  /** Erases all of a workspace whose time has come. */
  void all(WorkspaceId workspace) {
    boolean isLeft = true;
    while (isLeft) {
      isLeft = step(workspace);
    }
  }

  /** Erases some rows; the last step says so in the audit log, which keeps its hashes. */
  private boolean step(WorkspaceId workspace) {
    return database.inTransaction(
        workspace,
        tx -> {
          boolean isLeft = store.erase(tx) > 0;
          if (!isLeft) {
            store.ended(tx, workspace, clock.instant());
            audit.append(tx, workspace, AuditNote.of("workspace.erase", "workspace", workspace));
          }
          return isLeft;
        });
  }
}
