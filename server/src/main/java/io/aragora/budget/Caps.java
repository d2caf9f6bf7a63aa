package io.aragora.budget;

import io.aragora.kernel.Money;
import java.util.Objects;

/** A workspace's upper limits; zero lets only debates run that cost nothing. */
public record Caps(Money monthCap, Money debateCap) {
  /** A billion dollars: sums of caps stay exact in JSON and in the database. */
  private static final Money MOST = Money.ofMicro(1_000_000_000_000_000L);

  public Caps {
    Objects.requireNonNull(monthCap, "month_cap");
    Objects.requireNonNull(debateCap, "debate_cap");
    refuseOver("month_cap", monthCap);
    refuseOver("debate_cap", debateCap);
  }

  private static void refuseOver(String name, Money cap) {
    if (cap.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          name + " must be at most " + MOST.micro() + " micro-dollars: " + cap.micro());
    }
  }
}
