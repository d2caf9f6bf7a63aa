package io.aragora.platform.job;

/** Carries what a handler threw through the scheduler library. */
final class JobFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Exception reason;

  JobFailure(Exception reason) {
    super(reason.toString(), reason);
    this.reason = reason;
  }

  Exception reason() {
    return reason;
  }
}
