package io.aragora.consensus;

import java.util.List;

/**
 * What the ballots add up to, in whole numbers and in the order of {@code options}: first choices,
 * weights in millionths, approvals, who is preferred to whom ({@code pairwise[i][j]} ballots rank i
 * over j), the Smith set, one majority cycle if there is one, and Borda scores.
 */
public record Tally(
    List<String> options,
    int seats,
    int cast,
    List<Integer> votes,
    List<Long> weights,
    long totalWeight,
    List<Integer> approvals,
    List<List<Integer>> pairwise,
    List<String> smithSet,
    List<String> cycle,
    List<Long> borda) {
  public Tally {
    options = List.copyOf(options);
    votes = List.copyOf(votes);
    weights = List.copyOf(weights);
    approvals = List.copyOf(approvals);
    pairwise = List.copyOf(pairwise);
    smithSet = List.copyOf(smithSet);
    cycle = List.copyOf(cycle);
    borda = List.copyOf(borda);
  }

  public static Tally of(Election election) {
    return new Count(election).tally();
  }

  /** First choices of one option; 0 for what is no option. */
  public int votesFor(String option) {
    int at = options.indexOf(option);
    return at < 0 ? 0 : votes.get(at);
  }

  /** The most first choices any option has. */
  public int mostVotes() {
    int most = 0;
    for (int count : votes) {
      most = Math.max(most, count);
    }
    return most;
  }
}
