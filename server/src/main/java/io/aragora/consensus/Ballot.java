package io.aragora.consensus;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One seat's ranking, best first; the first {@code acceptable} ranks are explicitly acceptable, the
 * weight is in millionths, an empty ranking abstains.
 */
public record Ballot(String seat, List<String> ranking, int acceptable, long weight) {
  /** The weight of a seat when all weigh the same. */
  public static final long UNIT = 1_000_000;

  public Ballot {
    ranking = List.copyOf(ranking);
    if (ranking.size() > 1 && new HashSet<>(ranking).size() < ranking.size()) {
      throw new IllegalArgumentException("seat " + seat + " ranks an option twice: " + ranking);
    }
    if (acceptable < 0 || acceptable > ranking.size()) {
      throw new IllegalArgumentException(
          "seat " + seat + " accepts " + acceptable + " of " + ranking.size() + " ranks");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("seat " + seat + " must weigh something: " + weight);
    }
  }

  /** A ballot of unit weight that accepts its first rank only. */
  public static Ballot of(String seat, List<String> ranking) {
    return new Ballot(seat, ranking, Math.min(1, ranking.size()), UNIT);
  }

  public static Ballot of(String seat, String... ranking) {
    return of(seat, List.of(ranking));
  }

  public static Ballot abstain(String seat) {
    return new Ballot(seat, List.of(), 0, UNIT);
  }

  public Ballot weighing(long newWeight) {
    return new Ballot(seat, ranking, acceptable, newWeight);
  }

  public boolean isAbstention() {
    return ranking.isEmpty();
  }

  public Optional<String> first() {
    return ranking.isEmpty() ? Optional.empty() : Optional.of(ranking.getFirst());
  }
}
