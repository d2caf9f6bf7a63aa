package io.aragora.consensus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Proof that enough seats voted before they saw anything: cannot be made with fewer ballots. */
public record BlindQuorum(List<String> panel, List<Ballot> ballots) {
  public BlindQuorum {
    panel = List.copyOf(panel);
    ballots = List.copyOf(ballots);
    if (!isMet(panel, ballots)) {
      throw new IllegalArgumentException(
          "a decision needs " + needed(panel.size()) + " valid blind ballots of " + panel);
    }
  }

  /** How many of {@code seats} must vote blind: two thirds, and never fewer than two. */
  public static int needed(int seats) {
    return Math.max(2, (2 * seats + 2) / 3);
  }

  public static boolean isMet(List<String> panel, List<Ballot> ballots) {
    Set<String> voted = new HashSet<>();
    for (Ballot ballot : ballots) {
      if (!ballot.isAbstention() && panel.contains(ballot.seat())) {
        voted.add(ballot.seat());
      }
    }
    return new HashSet<>(panel).size() == panel.size() && voted.size() >= needed(panel.size());
  }
}
