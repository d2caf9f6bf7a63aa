package io.aragora.platform.crypto;

/** Something signed or proved that cannot be accepted; {@link #rule()} names the check it broke. */
public final class VerificationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public VerificationFault(String rule, String message) {
    super(message, null, false, false);
    this.rule = rule;
  }

  /** A short stable word: form, algorithm, signature, inclusion, ... */
  public String rule() {
    return rule;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
