package io.aragora.consensus;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A number with exactly four decimal places, as receipts carry it: {@code 0.7451}. */
public record Fixed(long tenThousandths) implements Comparable<Fixed> {
  private static final int PLACES = 4;
  private static final double SCALE = 10_000;

  /** Rounds half to even from the exact value of the double, so every machine agrees. */
  public static Fixed of(double value) {
    return of(new BigDecimal(value));
  }

  public static Fixed parse(String text) {
    return of(new BigDecimal(text));
  }

  private static Fixed of(BigDecimal exact) {
    return new Fixed(
        exact.setScale(PLACES, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
  }

  public double value() {
    return tenThousandths / SCALE;
  }

  public boolean isBelow(Fixed other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Fixed other) {
    return Long.compare(tenThousandths, other.tenThousandths);
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(tenThousandths, PLACES).toPlainString();
  }
}
