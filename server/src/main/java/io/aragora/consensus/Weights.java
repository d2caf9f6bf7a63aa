package io.aragora.consensus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much each seat's vote weighs under the weighted rule, learned from recorded outcomes. */
public final class Weights {
  private static final int ENOUGH = 20;
  private static final double LEAST = 0.1;
  private static final double MOST = 2.2;
  private static final double LARGEST_SHARE = 0.4;

  private Weights() {}

  /** How a model did in this domain: right in {@code right} of {@code labelled} outcomes. */
  public record Record(int right, int labelled) {
    public Record {
      if (right < 0 || labelled < right) {
        throw new IllegalArgumentException(right + " right of " + labelled + " is impossible");
      }
    }
  }

  /** Equal weights until every seat has 20 labelled outcomes; in millionths, in panel order. */
  public static List<Long> of(List<Seat> panel, List<Record> records) {
    for (Record known : records) {
      if (known.labelled() < ENOUGH) {
        return equal(panel.size());
      }
    }
    return records.size() == panel.size() && !panel.isEmpty()
        ? learned(panel, records)
        : equal(panel.size());
  }

  public static List<Long> equal(int seats) {
    return List.copyOf(Collections.nCopies(seats, Ballot.UNIT));
  }

  /** Log odds of being right, clipped, thinned within a family, and no seat over 40 % of all. */
  static List<Long> learned(List<Seat> panel, List<Record> records) {
    Map<String, Integer> familySize = new HashMap<>();
    panel.forEach(seat -> familySize.merge(seat.family(), 1, Integer::sum));
    double[] weights = new double[panel.size()];
    for (int i = 0; i < weights.length; i++) {
      double right = (records.get(i).right() + 2.0) / (records.get(i).labelled() + 4.0);
      double odds = Math.clamp(StrictMath.log(right / (1 - right)), LEAST, MOST);
      int family = familySize.getOrDefault(panel.get(i).family(), 1);
      weights[i] = odds / StrictMath.sqrt(family);
    }
    capShares(weights);
    List<Long> micro = new ArrayList<>(weights.length);
    for (double weight : weights) {
      micro.add((long) StrictMath.rint(weight * Ballot.UNIT));
    }
    return List.copyOf(micro);
  }

  /** Lowers the heaviest until none holds over 40 %; two seats can only be made equal. */
  private static void capShares(double[] weights) {
    double share = Math.max(LARGEST_SHARE, 1.0 / weights.length);
    boolean[] capped = new boolean[weights.length];
    for (int round = 0; round < weights.length; round++) {
      double free = 0;
      int held = 0;
      for (int i = 0; i < weights.length; i++) {
        free += capped[i] ? 0 : weights[i];
        held += capped[i] ? 1 : 0;
      }
      int heaviest = heaviest(weights, capped);
      double limit = share * free / (1 - share * held);
      if (heaviest < 0 || weights[heaviest] <= limit) {
        setAll(weights, capped, limit);
        return;
      }
      capped[heaviest] = true;
    }
  }

  private static int heaviest(double[] weights, boolean[] capped) {
    int best = -1;
    for (int i = 0; i < weights.length; i++) {
      if (!capped[i] && (best < 0 || weights[i] > weights[best])) {
        best = i;
      }
    }
    return best;
  }

  private static void setAll(double[] weights, boolean[] capped, double limit) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = capped[i] ? limit : weights[i];
    }
  }
}
