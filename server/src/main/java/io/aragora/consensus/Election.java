package io.aragora.consensus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a rule decides on: the options, every seat, one ballot per seat, and whose draft an option
 * is where drafts are the candidates. A seat without a ballot abstains and stays in the
 * denominator.
 */
public record Election(
    List<String> options, List<String> seats, List<Ballot> ballots, Map<String, String> ownDrafts) {
  public Election {
    options = List.copyOf(options);
    seats = List.copyOf(seats);
    ownDrafts = Collections.unmodifiableMap(new TreeMap<>(ownDrafts));
    requireDistinct("option", options);
    requireDistinct("seat", seats);
    for (Ballot ballot : ballots) {
      check(ballot, options, seats, ownDrafts);
    }
    ballots = onePerSeat(seats, ballots);
  }

  /** An election on given options, where nobody's draft is a candidate. */
  public static Election of(List<String> options, List<String> seats, List<Ballot> ballots) {
    return new Election(options, seats, ballots, Map.of());
  }

  private static void requireDistinct(String what, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an election needs at least one " + what);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("the same " + what + " twice: " + name);
      }
    }
  }

  private static void check(
      Ballot ballot, List<String> options, List<String> seats, Map<String, String> ownDrafts) {
    if (!seats.contains(ballot.seat())) {
      throw new IllegalArgumentException("a ballot from no seat of this panel: " + ballot.seat());
    }
    for (String option : ballot.ranking()) {
      if (!options.contains(option)) {
        throw new IllegalArgumentException(
            "seat " + ballot.seat() + " votes for what is no option: " + option);
      }
    }
    String own = ownDrafts.get(ballot.seat());
    if (own != null && ballot.ranking().contains(own)) {
      throw new IllegalArgumentException("seat " + ballot.seat() + " votes for its own draft");
    }
  }

  private static List<Ballot> onePerSeat(List<String> seats, List<Ballot> ballots) {
    Map<String, Ballot> bySeat = new LinkedHashMap<>();
    long heaviest = ballots.isEmpty() ? Ballot.UNIT : 1;
    for (Ballot ballot : ballots) {
      if (bySeat.put(ballot.seat(), ballot) != null) {
        throw new IllegalArgumentException("seat " + ballot.seat() + " votes twice");
      }
      heaviest = Math.max(heaviest, ballot.weight());
    }
    List<Ballot> all = new ArrayList<>(seats.size());
    for (String seat : seats) {
      // A silent seat must not make the others' share grow: it weighs as much as the heaviest.
      Ballot ballot = bySeat.get(seat);
      all.add(ballot == null ? Ballot.abstain(seat).weighing(heaviest) : ballot);
    }
    return List.copyOf(all);
  }
}
