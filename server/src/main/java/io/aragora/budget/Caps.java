package io.aragora.budget;

import io.aragora.kernel.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's upper limits; zero lets only debates run that cost nothing. Without a day cap a day
 * may use the whole month's.
 */
public record Caps(Money monthCap, Money debateCap, @Nullable Money dayCap) {
  /** A billion dollars: sums of caps stay exact in JSON and in the database. */
  static final Money MOST = Money.ofMicro(1_000_000_000_000_000L);

  public Caps {
    Objects.requireNonNull(monthCap, "month_cap");
    Objects.requireNonNull(debateCap, "debate_cap");
    refuseOver("month_cap", monthCap);
    refuseOver("debate_cap", debateCap);
    if (dayCap != null) {
      refuseOver("day_cap", dayCap);
    }
  }

  /** Caps without one for the day. */
  public Caps(Money monthCap, Money debateCap) {
    this(monthCap, debateCap, null);
  }

  /** What a day may use. */
  Money day() {
    return dayCap == null ? monthCap : dayCap;
  }

  private static void refuseOver(String name, Money cap) {
    if (cap.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          name + " must be at most " + MOST.micro() + " micro-dollars: " + cap.micro());
    }
  }
}
