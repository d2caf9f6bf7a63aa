package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.aragora.kernel.WorkspaceId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The {@link JobRun} handed to a handler. */
final class JobAttempt implements JobRun {
  private final TaskInstance<JobData> job;
  private final int failures;
  private final BooleanSupplier draining;
  private final AtomicReference<@Nullable Runnable> onProgress;
  private volatile boolean givenBack;
  private volatile @Nullable Duration pause;

  /** {@code onProgress} is run at the first step done; it forgets deaths that came before. */
  JobAttempt(
      TaskInstance<JobData> job,
      int failures,
      BooleanSupplier draining,
      @Nullable Runnable onProgress) {
    this.job = job;
    this.failures = failures;
    this.draining = draining;
    this.onProgress = new AtomicReference<>(onProgress);
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
  public void progressed() {
    Runnable forget = onProgress.getAndSet(null);
    if (forget != null) {
      forget.run();
    }
  }

  @Override
  public void giveBack() {
    givenBack = true;
  }

  @Override
  public void again(Duration after) {
    pause = after;
  }

  /** How long the job is to wait before it is done once more, if it is. */
  Optional<Duration> pause() {
    return Optional.ofNullable(pause);
  }

  boolean isGivenBack() {
    return givenBack;
  }
}
