package io.aragora.consensus;

import java.util.Comparator;
import java.util.List;

/** How raw confidence maps to the share of verdicts that turned out right. */
public sealed interface Calibration {
  /** Below this many labelled outcomes nothing is fitted. */
  int FEWEST_FOR_PLATT = 50;

  /** From this many on the fit follows the outcomes step by step. */
  int FEWEST_FOR_ISOTONIC = 200;

  Calibration NONE = new Uncalibrated();

  /** One verdict whose outcome a person recorded: the raw confidence and whether it was right. */
  record Labelled(double raw, boolean right) {}

  double apply(double raw);

  /** As receipts name it. */
  String wire();

  /** Too few labelled outcomes: the number stands as it is, and screens show words. */
  record Uncalibrated() implements Calibration {
    @Override
    public double apply(double raw) {
      return raw;
    }

    @Override
    public String wire() {
      return "uncalibrated";
    }
  }

  /** A logistic curve over the log odds of the raw confidence. */
  record Platt(double slope, double offset, int labels) implements Calibration {
    @Override
    public double apply(double raw) {
      return 1 / (1 + StrictMath.exp(-(slope * Fit.logOdds(raw) + offset)));
    }

    @Override
    public String wire() {
      return "platt:" + labels;
    }
  }

  /** A rising line through the shares that were right at given raw confidences. */
  record Isotonic(List<Double> raws, List<Double> shares, int labels) implements Calibration {
    public Isotonic {
      raws = List.copyOf(raws);
      shares = List.copyOf(shares);
    }

    @Override
    public double apply(double raw) {
      int next = 0;
      while (next < raws.size() && raws.get(next) <= raw) {
        next++;
      }
      if (next == 0 || next == raws.size()) {
        return shares.get(next == 0 ? 0 : next - 1);
      }
      double part = (raw - raws.get(next - 1)) / (raws.get(next) - raws.get(next - 1));
      return shares.get(next - 1) + part * (shares.get(next) - shares.get(next - 1));
    }

    @Override
    public String wire() {
      return "isotonic:" + labels;
    }
  }

  /** Fits what the number of labelled outcomes allows. */
  static Calibration fit(List<Labelled> outcomes) {
    int labels = outcomes.size();
    if (labels < FEWEST_FOR_PLATT) {
      return NONE;
    }
    List<Labelled> rising =
        outcomes.stream().sorted(Comparator.comparingDouble(Labelled::raw)).toList();
    return labels < FEWEST_FOR_ISOTONIC ? Fit.logistic(rising) : Fit.steps(rising);
  }
}
