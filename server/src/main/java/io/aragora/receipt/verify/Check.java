package io.aragora.receipt.verify;

/** One named step of a verification: what was looked at, how it ended, and why. */
public record Check(Step step, State state, String text) {
  /** How a check ended. */
  public enum State {
    OK,
    FAILED,
    SKIPPED
  }

  /** What is checked, in order. */
  public enum Step {
    PARSE,
    SIGNATURE,
    KEY,
    SCHEMA,
    CANONICAL,
    RETALLY,
    OUTCOME,
    INCLUSION,
    CHECKPOINT,
    DISCLOSURES
  }

  static Check ok(Step step, String text) {
    return new Check(step, State.OK, text);
  }

  static Check failed(Step step, String text) {
    return new Check(step, State.FAILED, text);
  }

  static Check skipped(Step step, String text) {
    return new Check(step, State.SKIPPED, text);
  }
}
