package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Duration;
import java.util.UUID;

/** Adds durable work in the caller's transaction; an idle node takes it up once that commits. */
public final class Jobs {
  static final String SUBJECT = "jobs";

  private final JobStore store = new JobStore();

  /** Adds a job; while one of this kind and subject waits or runs, this changes nothing. */
  public void add(Tx tx, JobKind kind, UUID subject, WorkspaceId workspace) {
    store.insert(tx, kind.name(), subject, workspace);
  }

  /** As {@link #add}, but nobody takes the job up before {@code pause} is over. */
  public void addLater(Tx tx, JobKind kind, UUID subject, WorkspaceId workspace, Duration pause) {
    store.insertLater(tx, kind.name(), subject, workspace, pause);
  }
}
