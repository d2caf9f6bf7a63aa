package io.aragora.consensus;

import io.aragora.consensus.Calibration.Isotonic;
import io.aragora.consensus.Calibration.Labelled;
import io.aragora.consensus.Calibration.Platt;
import java.util.ArrayList;
import java.util.List;

/** Fits a calibration to labelled outcomes: a logistic curve, or rising steps. */
final class Fit {
  private static final int STEPS = 50;
  private static final double RIDGE = 1e-6;
  private static final double EDGE = 1e-6;

  private Fit() {}

  static double logOdds(double share) {
    double inside = Math.clamp(share, EDGE, 1 - EDGE);
    return StrictMath.log(inside / (1 - inside));
  }

  /** Platt: Newton steps on the likelihood, with his softened targets against overfitting. */
  static Platt logistic(List<Labelled> outcomes) {
    long right = outcomes.stream().filter(Labelled::right).count();
    double high = (right + 1.0) / (right + 2.0);
    double low = 1.0 / (outcomes.size() - right + 2.0);
    double slope = 0;
    double offset = logOdds((right + 1.0) / (outcomes.size() + 2.0));
    for (int step = 0; step < STEPS; step++) {
      double gs = 0;
      double go = 0;
      double ss = RIDGE;
      double so = 0;
      double oo = RIDGE;
      for (Labelled one : outcomes) {
        double x = logOdds(one.raw());
        double p = 1 / (1 + StrictMath.exp(-(slope * x + offset)));
        double error = (one.right() ? high : low) - p;
        double weight = p * (1 - p);
        gs += error * x;
        go += error;
        ss += weight * x * x;
        so += weight * x;
        oo += weight;
      }
      double det = ss * oo - so * so;
      slope += (oo * gs - so * go) / det;
      offset += (ss * go - so * gs) / det;
    }
    return new Platt(slope, offset, outcomes.size());
  }

  private record Block(double from, double to, int right, int count) {
    double share() {
      return (double) right / count;
    }

    Block plus(Block next) {
      return new Block(from, next.to, right + next.right, count + next.count);
    }
  }

  /** Isotonic regression: neighbouring blocks whose shares fall are pooled until all rise. */
  static Isotonic steps(List<Labelled> rising) {
    List<Block> pooled = new ArrayList<>();
    for (Block next : sameRaw(rising)) {
      Block block = next;
      while (!pooled.isEmpty() && pooled.getLast().share() >= block.share()) {
        block = pooled.removeLast().plus(block);
      }
      pooled.add(block);
    }
    List<Double> raws = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Block block : pooled) {
      raws.add(block.from());
      shares.add(block.share());
      if (block.to() > block.from()) {
        raws.add(block.to());
        shares.add(block.share());
      }
    }
    return new Isotonic(raws, shares, rising.size());
  }

  private static List<Block> sameRaw(List<Labelled> rising) {
    List<Block> blocks = new ArrayList<>();
    for (Labelled one : rising) {
      var block = new Block(one.raw(), one.raw(), one.right() ? 1 : 0, 1);
      boolean same = !blocks.isEmpty() && blocks.getLast().from() == one.raw();
      blocks.add(same ? blocks.removeLast().plus(block) : block);
    }
    return blocks;
  }
}
