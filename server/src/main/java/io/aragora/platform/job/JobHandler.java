package io.aragora.platform.job;

/**
 * Does the jobs of one kind. A run may be cut off anywhere and begin again on another node, so each
 * step must be written so that doing it again changes nothing.
 */
public interface JobHandler {
  JobKind kind();

  /** Does the work; returning means done, throwing means "try again later". */
  void run(JobRun run) throws Exception;

  /** Called once the last attempt failed, before the job is removed; throwing keeps the job. */
  void gaveUp(JobRun run, Throwable cause);
}
