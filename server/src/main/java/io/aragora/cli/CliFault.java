package io.aragora.cli;

/** Ends a command with an exit code, a sentence on what is wrong and one on what to do. */
final class CliFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CliFault(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  static CliFault usage(String message) {
    return new CliFault(ExitCode.USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
