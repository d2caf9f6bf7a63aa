package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import java.util.Locale;
import java.util.UUID;

/**
 * One paid call to a model. {@code basis} says which prices made {@code actual}: the price table's
 * version and the two prices.
 */
public record Charge(
    UUID callId,
    int seat,
    String provider,
    String model,
    Tokens tokens,
    Money actual,
    String basis,
    Kind kind) {

  /** How sure the amount is. */
  public enum Kind {
    /** The provider reported usage. */
    CALL,
    /** Whether or how much the provider will bill is unknown: charged at the bound. */
    AMBIGUOUS;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
