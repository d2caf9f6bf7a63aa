package io.aragora.workspace;

import io.aragora.access.Caller;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.http.Admitted;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which workspaces are to be deleted, remembered for two seconds as keys are. */
final class Standing {
  private static final long LIFE = Duration.ofSeconds(2).toNanos();
  private static final int MOST = 4_096;

  private enum State {
    ACTIVE,
    DELETING
  }

  private record Seen(State state, long since) {}

  private final Database database;
  private final WorkspaceStore store;
  private final Map<WorkspaceId, Seen> seen = new ConcurrentHashMap<>();

  Standing(Database database, WorkspaceStore store) {
    this.database = database;
    this.store = store;
  }

  Caller of(Caller caller) {
    boolean isNowhere = caller.workspace().equals(Admitted.NOWHERE);
    return isNowhere || state(caller.workspace()) == State.ACTIVE ? caller : reading(caller);
  }

  void forget(WorkspaceId workspace) {
    seen.remove(workspace);
  }

  private State state(WorkspaceId workspace) {
    Seen last = seen.get(workspace);
    if (last != null && System.nanoTime() - last.since() < LIFE) {
      return last.state();
    }
    State now =
        database
                .inTransaction(workspace, tx -> store.find(tx, workspace))
                .filter(WorkspaceView::isActive)
                .isPresent()
            ? State.ACTIVE
            : State.DELETING;
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(workspace, new Seen(now, System.nanoTime()));
    return now;
  }

  private static Caller reading(Caller caller) {
    return caller.within(
        caller.permissions().stream()
            .filter(Workspaces::staysWhileDeleting)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
