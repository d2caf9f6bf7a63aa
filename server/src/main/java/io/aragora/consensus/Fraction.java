package io.aragora.consensus;

/** An exact share of the whole, over 0 and at most 1: {@code 2/3}. */
public record Fraction(int num, int den) {
  public Fraction {
    if (num < 1 || den < num || den > 1_000_000) {
      throw new IllegalArgumentException(
          "a share must be over 0 and at most 1: " + num + "/" + den);
    }
  }

  public static Fraction parse(String text) {
    int slash = text.indexOf('/');
    try {
      return slash < 0
          ? new Fraction(Integer.parseInt(text), 1)
          : new Fraction(
              Integer.parseInt(text.substring(0, slash)),
              Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException bad) {
      throw new IllegalArgumentException("not a fraction such as 2/3: " + text, bad);
    }
  }

  /** The least whole number that is at least this share of {@code whole}. */
  public int ceilOf(int whole) {
    return (int) (((long) num * whole + den - 1) / den);
  }

  /** Whether {@code part} is at least this share of {@code whole}. */
  public boolean isReachedBy(long part, long whole) {
    return Math.multiplyExact(part, (long) den) >= Math.multiplyExact(whole, (long) num);
  }

  public boolean isOverHalf() {
    return 2L * num > den;
  }

  @Override
  public String toString() {
    return num + "/" + den;
  }
}
