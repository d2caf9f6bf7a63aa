package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.aragora.kernel.WorkspaceId;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The {@link JobRun} handed to a handler. */
final class JobAttempt implements JobRun {
  private final TaskInstance<JobData> job;
  private final int failures;
  private final BooleanSupplier draining;
  private volatile boolean givenBack;

  JobAttempt(TaskInstance<JobData> job, int failures, BooleanSupplier draining) {
    this.job = job;
    this.failures = failures;
    this.draining = draining;
  }

  @Override
  public UUID subject() {
    return UUID.fromString(job.getId());
  }

  @Override
  public WorkspaceId workspace() {
    return job.getData().workspace();
  }

  @Override
  public int failures() {
    return failures;
  }

  @Override
  public boolean isDraining() {
    return draining.getAsBoolean();
  }

  @Override
  public void giveBack() {
    givenBack = true;
  }

  boolean isGivenBack() {
    return givenBack;
  }
}
