package io.aragora.access.session;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.DoerScope;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what happens to a person's account: an account is in no workspace, so the entry goes
 * into the one the person works in, or into each they are a member of. The transaction goes on as
 * the person, in the last of those workspaces.
 */
public final class Trail {
  private final AuditLog audit;
  private final PersonStore store = new PersonStore();

  public Trail(AuditLog audit) {
    this.audit = audit;
  }

  /** Into every workspace of the person, as whoever this thread works for. */
  public void note(Tx tx, AccountId account, AuditNote note) {
    note(tx, account, Optional.empty(), note, DoerScope.current());
  }

  /** Into the workspace that is given, or into every one of the person. */
  public void note(
      Tx tx, AccountId account, Optional<WorkspaceId> workspace, AuditNote note, Doer doer) {
    tx.enter(account);
    List<WorkspaceId> places =
        workspace.map(List::of).orElseGet(() -> store.workspaces(tx, account));
    for (WorkspaceId each : places) {
      tx.enter(each);
      audit.append(tx, each, note, doer);
    }
  }
}
