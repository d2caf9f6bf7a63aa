package io.aragora.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The rules that compare options by a score, each from a finished tally. */
final class Counted {
  private Counted() {}

  static Verdict plurality(int margin, Tally tally) {
    if (isThin(tally)) {
      return new Verdict.Short(tally);
    }
    long next = 0;
    long most = 0;
    for (int votes : tally.votes()) {
      next = Math.max(next, Math.min(most, votes));
      most = Math.max(most, votes);
    }
    Verdict top = top(tally, k -> tally.votes().get(k));
    return top instanceof Verdict.Won && most - next < margin ? new Verdict.Short(tally) : top;
  }

  static Verdict weighted(Fraction theta, Tally tally) {
    for (int k = 0; k < tally.options().size(); k++) {
      if (tally.votes().get(k) >= 2
          && theta.isReachedBy(tally.weights().get(k), tally.totalWeight())) {
        return new Verdict.Won(tally.options().get(k), tally);
      }
    }
    return new Verdict.Short(tally);
  }

  static Verdict copeland(Election election, Tally tally) {
    if (isThin(tally)) {
      return new Verdict.Short(tally);
    }
    if (tally.smithSet().size() == 1) {
      return new Verdict.Won(tally.smithSet().getFirst(), tally);
    }
    List<Long> inside = new Count(election).bordaAmong(tally.smithSet());
    List<String> best = best(tally.smithSet(), inside::get);
    return best.size() == 1
        ? new Verdict.Won(best.getFirst(), tally)
        : new Verdict.Tied(best, tally);
  }

  static Verdict borda(Tally tally) {
    return isThin(tally) ? new Verdict.Short(tally) : top(tally, tally.borda()::get);
  }

  static Verdict approval(Tally tally) {
    if (isThin(tally)) {
      return new Verdict.Short(tally);
    }
    Verdict top = top(tally, k -> tally.approvals().get(k));
    return top instanceof Verdict.Won won
            && 2 * tally.approvals().get(tally.options().indexOf(won.winner())) <= tally.seats()
        ? new Verdict.Short(tally)
        : top;
  }

  /** Too few seats voted for a rule that only compares options with each other. */
  private static boolean isThin(Tally tally) {
    return tally.cast() < BlindQuorum.needed(tally.seats());
  }

  private static Verdict top(Tally tally, IntToLongFunction score) {
    List<String> best = best(tally.options(), score);
    return best.size() == 1
        ? new Verdict.Won(best.getFirst(), tally)
        : new Verdict.Tied(best, tally);
  }

  private static List<String> best(List<String> options, IntToLongFunction score) {
    long most = Long.MIN_VALUE;
    List<String> best = new ArrayList<>();
    for (int k = 0; k < options.size(); k++) {
      long points = score.applyAsLong(k);
      if (points > most) {
        most = points;
        best.clear();
      }
      if (points == most) {
        best.add(options.get(k));
      }
    }
    return best;
  }
}
