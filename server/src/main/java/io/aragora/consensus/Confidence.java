package io.aragora.consensus;

/** How far a verdict can be trusted: measured from independent blind support, never asserted. */
public record Confidence(Fixed value, Fixed lower5pct, String method, String calibration) {
  private static final String METHOD = "beta-posterior-neff";
  private static final double LOWER = 0.05;

  /** From the number of seats that backed the winner blind. */
  public static Confidence of(Independence independence, int support, Calibration calibration) {
    double share = (double) support / independence.seats();
    double voices = independence.nEff().value();
    double alpha = 1 + voices * share;
    double beta = 1 + voices * (1 - share);
    return new Confidence(
        Fixed.of(calibration.apply(alpha / (alpha + beta))),
        Fixed.of(calibration.apply(Beta.quantile(LOWER, alpha, beta))),
        METHOD,
        calibration.wire());
  }
}
