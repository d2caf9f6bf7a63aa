package io.aragora.budget;

import io.aragora.kernel.Money;
import java.util.UUID;

/** The answer to a wish to set money aside. */
public sealed interface Hold {
  /** It is set aside under this reservation. */
  record Held(UUID reservation, Money amount) implements Hold {}

  /**
   * The cap named by {@code which} leaves only {@code left}; nothing was set aside. What a
   * workspace above has left is its own affair: there {@code left} is zero whatever it is.
   */
  record OverCap(Money asked, Money left, Cap which) implements Hold {
    /** The sentence a caller reads. */
    public String why() {
      return which.isOfParent()
          ? "this debate can cost %s, %s leaves less".formatted(asked, which.spoken())
          : "this debate can cost %s, %s leaves %s".formatted(asked, which.spoken(), left);
    }
  }
}
