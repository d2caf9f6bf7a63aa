package io.aragora.budget;

import io.aragora.kernel.Money;
import java.util.UUID;

/** The answer to a wish to set money aside. */
public sealed interface Hold {
  /** It is set aside under this reservation. */
  record Held(UUID reservation, Money amount) implements Hold {}

  /** The cap named by {@code which} leaves only {@code left}; nothing was set aside. */
  record OverCap(Money asked, Money left, Cap which) implements Hold {}
}
