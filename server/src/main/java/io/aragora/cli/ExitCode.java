package io.aragora.cli;

/** What the command line's exit status means; 3 to 5 come from the receipt verifier. */
final class ExitCode {
  static final int DONE = 0;
  static final int NO = 1;
  static final int USAGE = 2;
  static final int REFUSED = 6;
  static final int UNREACHABLE = 7;
  static final int NOT_STARTED = 8;
  static final int INTERNAL = 70;

  private ExitCode() {}
}
