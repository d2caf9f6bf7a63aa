package io.aragora.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds up the ballots of one election. */
final class Count {
  private static final int UNRANKED = -1;
  private static final int OWN = -2;

  private final Election election;
  private final List<String> options;

  /** Per ballot and option: the rank, {@link #UNRANKED}, or {@link #OWN}. */
  private final int[][] ranks;

  Count(Election election) {
    this.election = election;
    this.options = election.options();
    this.ranks = new int[election.ballots().size()][];
    for (int b = 0; b < ranks.length; b++) {
      ranks[b] = ranksOf(election.ballots().get(b));
    }
  }

  private int[] ranksOf(Ballot ballot) {
    int[] row = new int[options.size()];
    Arrays.fill(row, UNRANKED);
    String own = election.ownDrafts().get(ballot.seat());
    if (own != null && options.contains(own)) {
      row[options.indexOf(own)] = OWN;
    }
    for (int rank = 0; rank < ballot.ranking().size(); rank++) {
      row[options.indexOf(ballot.ranking().get(rank))] = rank;
    }
    return row;
  }

  Tally tally() {
    int k = options.size();
    int[] votes = new int[k];
    int[] approvals = new int[k];
    long[] weights = new long[k];
    long total = 0;
    int cast = 0;
    for (int b = 0; b < ranks.length; b++) {
      Ballot ballot = election.ballots().get(b);
      total = Math.addExact(total, ballot.weight());
      cast += ballot.isAbstention() ? 0 : 1;
      for (int i = 0; i < k; i++) {
        int rank = ranks[b][i];
        votes[i] += rank == 0 ? 1 : 0;
        weights[i] += rank == 0 ? ballot.weight() : 0;
        approvals[i] += rank >= 0 && rank < ballot.acceptable() ? 1 : 0;
      }
    }
    var duels = new Duels(pairwise());
    return new Tally(
        options,
        election.seats().size(),
        cast,
        boxed(votes),
        boxed(weights),
        total,
        boxed(approvals),
        duels.matrix(),
        named(duels.smithSet()),
        named(duels.cycle()),
        boxed(borda(everyOption())));
  }

  private int[][] pairwise() {
    int k = options.size();
    int[][] over = new int[k][k];
    for (int[] row : ranks) {
      for (int i = 0; i < k; i++) {
        for (int j = 0; row[i] >= 0 && j < k; j++) {
          // Ranked beats unranked; the voter's own draft is on neither side of any pair.
          over[i][j] += row[j] == UNRANKED || row[j] > row[i] ? 1 : 0;
        }
      }
    }
    return over;
  }

  List<Long> bordaAmong(List<String> some) {
    return boxed(borda(some.stream().mapToInt(options::indexOf).toArray()));
  }

  /**
   * Among K options the ranks are worth K … 1 points, and options left unranked share what is left
   * equally. A ballot without the voter's own draft has only K-1 ranks and is scaled by K/(K-1).
   * Points are times 2(K-1), so that all of this stays in whole numbers.
   */
  private long[] borda(int[] among) {
    long[] points = new long[among.length];
    int k = among.length;
    for (int[] row : ranks) {
      int ranked = 0;
      int own = 0;
      for (int option : among) {
        ranked += row[option] >= 0 ? 1 : 0;
        own += row[option] == OWN ? 1 : 0;
      }
      long scale = own == 0 ? Math.max(1, k - 1) : k;
      for (int i = 0; ranked > 0 && i < k; i++) {
        points[i] += scale * doubledPoints(row, among, i, k - own, ranked);
      }
    }
    return points;
  }

  private static int doubledPoints(int[] row, int[] among, int at, int candidates, int ranked) {
    int rank = row[among[at]];
    if (rank == OWN) {
      return 0;
    }
    if (rank == UNRANKED) {
      return candidates - ranked + 1;
    }
    int before = 0;
    for (int other : among) {
      before += row[other] >= 0 && row[other] < rank ? 1 : 0;
    }
    return 2 * (candidates - before);
  }

  private int[] everyOption() {
    int[] all = new int[options.size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private List<String> named(int[] some) {
    List<String> names = new ArrayList<>(some.length);
    for (int i : some) {
      names.add(options.get(i));
    }
    return names;
  }

  static List<Integer> boxed(int[] numbers) {
    Integer[] all = new Integer[numbers.length];
    Arrays.setAll(all, i -> numbers[i]);
    return List.of(all);
  }

  private static List<Long> boxed(long[] numbers) {
    Long[] all = new Long[numbers.length];
    Arrays.setAll(all, i -> numbers[i]);
    return List.of(all);
  }
}
