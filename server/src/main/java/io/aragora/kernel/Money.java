package io.aragora.kernel;

/** An amount in whole micro-dollars: 1,000,000 micro is one US dollar. Never negative. */
public record Money(long micro) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  public Money {
    if (micro < 0) {
      throw new IllegalArgumentException("money must not be negative: " + micro);
    }
  }

  public static Money ofMicro(long micro) {
    return new Money(micro);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micro, other.micro));
  }

  /** What is left after taking {@code other}, never below zero. */
  public Money minusOrZero(Money other) {
    return new Money(Math.max(0, micro - other.micro));
  }

  public Money min(Money other) {
    return micro <= other.micro ? this : other;
  }

  public boolean isZero() {
    return micro == 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(micro, other.micro);
  }

  /** Dollars with six places, for people: {@code $0.012345}. */
  @Override
  public String toString() {
    return "$%d.%06d".formatted(micro / 1_000_000, micro % 1_000_000);
  }
}
