package io.aragora.consensus;

/**
 * The Beta distribution: its cumulative probability by Lentz's continued fraction, its quantile by
 * bisection. StrictMath, so that every machine gives the same digits.
 */
final class Beta {
  private static final double TINY = 1e-300;
  private static final double CLOSE = 1e-15;
  private static final int MOST_TERMS = 500;
  private static final int HALVINGS = 60;
  private static final double[] LANCZOS = {
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Beta() {}

  /** The x below which a Beta(a, b) number falls with the given probability. */
  static double quantile(double probability, double a, double b) {
    double front = lnGamma(a + b) - lnGamma(a) - lnGamma(b);
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (cumulative(middle, a, b, front) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  static double cumulative(double x, double a, double b) {
    return cumulative(x, a, b, lnGamma(a + b) - lnGamma(a) - lnGamma(b));
  }

  private static double cumulative(double x, double a, double b, double front) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double weight = StrictMath.exp(front + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
    // The fraction converges fast only on this side of the mean; the other side is its mirror.
    return x < (a + 1) / (a + b + 2)
        ? weight * fraction(x, a, b) / a
        : 1 - weight * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double step = d * c;
      value *= step;
      if (Math.abs(step - 1) < CLOSE) {
        break;
      }
    }
    return value;
  }

  private static double away(double fromZero) {
    return Math.abs(fromZero) < TINY ? TINY : fromZero;
  }

  /** Lanczos' approximation (g = 7), for arguments of at least one half. */
  static double lnGamma(double z) {
    double x = z - 1;
    double sum = 0.99999999999980993;
    for (int i = 0; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x + i + 1);
    }
    double t = x + LANCZOS.length - 0.5;
    return 0.5 * StrictMath.log(2 * StrictMath.PI)
        + (x + 0.5) * StrictMath.log(t)
        - t
        + StrictMath.log(sum);
  }
}
