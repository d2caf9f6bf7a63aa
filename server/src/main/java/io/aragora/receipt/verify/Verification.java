package io.aragora.receipt.verify;

import java.util.List;
import java.util.stream.Collectors;

/** What a verification found: every check in order, and the one conclusion they allow. */
public record Verification(Conclusion conclusion, List<Check> checks) {
  /** What a reader may believe, with the exit code every verifier uses for it. */
  public enum Conclusion {
    VALID(0),
    INVALID(1),
    KEY_NOT_TRUSTED(3),
    NOT_IN_LOG(4),
    PARTS_MISSING(5);

    private final int exitCode;

    Conclusion(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  public Verification {
    checks = List.copyOf(checks);
  }

  /** The checks as lines for people. */
  public String text() {
    return checks.stream()
        .map(check -> "%-8s %-12s %s".formatted(check.state(), check.step(), check.text()))
        .collect(Collectors.joining("\n"));
  }

  static Verification of(List<Check> checks) {
    return new Verification(conclude(checks), checks);
  }

  private static Conclusion conclude(List<Check> checks) {
    if (checks.stream()
        .anyMatch(check -> check.state() == Check.State.FAILED && check.step() != Check.Step.KEY)) {
      return Conclusion.INVALID;
    }
    if (!ended(checks, Check.Step.KEY)) {
      return Conclusion.KEY_NOT_TRUSTED;
    }
    if (!ended(checks, Check.Step.INCLUSION) || !ended(checks, Check.Step.CHECKPOINT)) {
      return Conclusion.NOT_IN_LOG;
    }
    return ended(checks, Check.Step.DISCLOSURES) ? Conclusion.VALID : Conclusion.PARTS_MISSING;
  }

  private static boolean ended(List<Check> checks, Check.Step step) {
    return checks.stream()
        .anyMatch(check -> check.step() == step && check.state() == Check.State.OK);
  }
}
