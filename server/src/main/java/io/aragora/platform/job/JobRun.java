package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;
import java.time.Duration;
import java.util.UUID;

/** One attempt at one job, as its handler sees it. */
public interface JobRun {
  /** What the job is about: the id it was added with. */
  UUID subject();

  WorkspaceId workspace();

  /** How many attempts failed in a row before this one. */
  int failures();

  /**
   * Whether this node stops, or may do no jobs now: finish the step at hand, then {@link
   * #giveBack()}.
   */
  boolean isDraining();

  /** Tells that a step is done for good: deaths of nodes before it no longer count. */
  void progressed();

  /** Marks the job as not done: when the handler returns, any node continues it at once. */
  void giveBack();

  /** Asks for the job to be done once more after this long: when the handler returns, it waits. */
  void again(Duration pause);
}
