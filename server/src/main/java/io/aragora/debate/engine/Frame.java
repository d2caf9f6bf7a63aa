package io.aragora.debate.engine;

import io.aragora.consensus.Calibration;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Independence;
import io.aragora.consensus.Seat;
import io.aragora.consensus.Stakes;
import io.aragora.consensus.Weights;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is fixed before anyone is asked: options (none for an open question), rule, panel, judges
 * (for the judge rule only), challenge rounds (0 is vote only), seed, stakes, weights in panel
 * order, and what is known of the panel.
 */
public record Frame(
    List<String> options,
    ConsensusRule rule,
    List<Seat> panel,
    List<Seat> judges,
    int challengeRounds,
    long seed,
    Stakes stakes,
    List<Long> weights,
    Independence independence,
    Calibration calibration) {
  public static final int MOST_CHALLENGE_ROUNDS = 2;
  private static final int LARGEST_PANEL = 31;

  public Frame {
    options = List.copyOf(options);
    panel = List.copyOf(panel);
    judges = List.copyOf(judges);
    weights = List.copyOf(weights);
    if (challengeRounds < 0 || challengeRounds > MOST_CHALLENGE_ROUNDS) {
      throw new IllegalArgumentException("challenge rounds must be 0 to 2: " + challengeRounds);
    }
    if (weights.size() != panel.size()) {
      throw new IllegalArgumentException(
          weights.size() + " weights for " + panel.size() + " seats");
    }
    if (options.size() == 1 || new HashSet<>(options).size() < options.size()) {
      throw new IllegalArgumentException("options must be two or more, each once: " + options);
    }
    if (rule instanceof ConsensusRule.Judge(int needed)
        ? judges.size() < needed
        : !judges.isEmpty()) {
      throw new IllegalArgumentException(
          rule.wire() + " does not fit " + judges.size() + " judges");
    }
    requireDistinct(panel, judges);
  }

  /** A frame of the default kind: equal weights, independence from priors, no judges. */
  public static Frame of(
      List<String> options, ConsensusRule rule, List<Seat> panel, int challengeRounds, long seed) {
    return new Frame(
        options,
        rule,
        panel,
        List.of(),
        challengeRounds,
        seed,
        Stakes.REVERSIBLE,
        Weights.equal(panel.size()),
        Independence.of(panel),
        Calibration.NONE);
  }

  public Frame staking(Stakes newStakes) {
    return new Frame(
        options,
        rule,
        panel,
        judges,
        challengeRounds,
        seed,
        newStakes,
        weights,
        independence,
        calibration);
  }

  /** Whether the options come from the drafts. */
  public boolean isOpen() {
    return options.isEmpty();
  }

  public List<String> seatIds() {
    return panel.stream().map(Seat::id).toList();
  }

  private static void requireDistinct(List<Seat> panel, List<Seat> judges) {
    Set<String> seen = new HashSet<>();
    Stream.concat(panel.stream(), judges.stream())
        .map(Seat::id)
        .filter(id -> !seen.add(id))
        .findFirst()
        .ifPresent(
            twice -> {
              throw new IllegalArgumentException("the same seat twice: " + twice);
            });
    if (panel.isEmpty() || panel.size() > LARGEST_PANEL) {
      throw new IllegalArgumentException("a panel has 1 to 31 seats: " + panel.size());
    }
  }
}
