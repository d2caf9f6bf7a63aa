package io.aragora.provider;

import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import java.math.BigInteger;

/** What a million tokens cost, in micro-dollars, read and written. */
public record Price(long inputMicroPerMtok, long outputMicroPerMtok) {
  public static final Price FREE = new Price(0, 0);
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  public Price {
    if (inputMicroPerMtok < 0 || outputMicroPerMtok < 0) {
      throw new IllegalArgumentException(
          "a price must not be negative: " + inputMicroPerMtok + ", " + outputMicroPerMtok);
    }
  }

  /** The price of these tokens, rounded up to the next micro-dollar. */
  public Money of(Tokens tokens) {
    BigInteger total =
        product(tokens.input(), inputMicroPerMtok)
            .add(product(tokens.output(), outputMicroPerMtok))
            .add(MILLION.subtract(BigInteger.ONE));
    return Money.ofMicro(total.divide(MILLION).longValueExact());
  }

  private static BigInteger product(long tokens, long price) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
  }
}
