package io.aragora.consensus;

import io.aragora.consensus.Signals.Flip;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells agreement that talk produced from agreement that reasons produced. */
public final class HollowTest {
  private static final int FEWEST_FLIPS = 5;
  private static final Fixed TOO_FEW_VOICES = Fixed.parse("1.5");

  private HollowTest() {}

  /**
   * What was said: the first choices before and after the talk, the flips between them, and the
   * verified evidence each supporter of the winner cites (no supporters where nothing won).
   */
  public record Talk(
      int seats, Tally blind, Tally spoken, List<Flip> flips, List<Set<String>> cited) {
    public Talk {
      flips = List.copyOf(flips);
      cited = cited.stream().map(Set::copyOf).toList();
    }
  }

  public static Signals of(Talk talk, Independence independence) {
    return new Signals(
        createdByTalk(talk),
        lacksReasons(talk.flips()),
        followsTheCrowd(talk),
        independence.nEff().isBelow(TOO_FEW_VOICES),
        lacksEvidence(talk.cited()),
        talk.flips());
  }

  /** A1 - A0 >= 0.4, where A is the largest share of the seats. */
  private static boolean createdByTalk(Talk talk) {
    return 10 * (talk.spoken().mostVotes() - talk.blind().mostVotes()) >= 4 * talk.seats();
  }

  private static boolean lacksReasons(List<Flip> flips) {
    int unsupported = 0;
    for (Flip flip : flips) {
      unsupported += flip.isSupported() ? 0 : 1;
    }
    return unsupported > 0 && 2 * unsupported >= flips.size();
  }

  /** A one-sided sign test at 5 %, exact: 20 x the upper tail of C(m, j) must be below 2^m. */
  private static boolean followsTheCrowd(Talk talk) {
    int flips = talk.flips().size();
    if (flips < FEWEST_FLIPS) {
      return false;
    }
    int toward = 0;
    for (Flip flip : talk.flips()) {
      toward += isMajority(flip.to(), talk.blind()) ? 1 : 0;
    }
    long tail = 0;
    long choose = 1;
    for (int j = flips; j >= toward; j--) {
      tail += choose;
      choose = choose * j / (flips - j + 1);
    }
    return 20 * tail < 1L << flips;
  }

  private static boolean isMajority(String option, Tally blind) {
    int most = blind.mostVotes();
    int at = blind.options().indexOf(option);
    return at >= 0
        && blind.votes().get(at) == most
        && blind.votes().indexOf(most) == blind.votes().lastIndexOf(most);
  }

  /** Fewer than two items in all, or four of five supporters rest on the same single one. */
  private static boolean lacksEvidence(List<Set<String>> cited) {
    if (cited.isEmpty()) {
      return false;
    }
    Set<String> items = new HashSet<>();
    Map<String, Integer> alone = new HashMap<>();
    int most = 0;
    for (Set<String> one : cited) {
      items.addAll(one);
      if (one.size() == 1) {
        most = Math.max(most, alone.merge(one.iterator().next(), 1, Integer::sum));
      }
    }
    return items.size() < 2 || 5 * most >= 4 * cited.size();
  }
}
