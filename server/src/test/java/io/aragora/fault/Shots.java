package io.aragora.fault;

import io.aragora.platform.http.Operation;
import io.aragora.testing.line.LineFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which round trips of which operation are to fail in a build. Whoever fails after the very same
 * statements leaves the server where another left it, so a beginning that operations share (who
 * asks, was it asked before) is tried with the first of them; the nightly run tries all with all.
 */
final class Shots {
  /** A stall is a cut that takes its time: some operations stand for all. */
  private static final int STALLED_ONE_IN = 6;

  private final Set<List<String>> tried = new HashSet<>();

  /** {@code trips} is what each round trip of the operation asks, in order. */
  List<Shot> at(Operation operation, List<String> trips) {
    if (Shot.FULL) {
      return Shot.all(trips.size());
    }
    var shots = new ArrayList<Shot>();
    for (int nth = 1; nth <= trips.size(); nth++) {
      if (tried.add(List.copyOf(trips.subList(0, nth)))) {
        boolean commits = trips.get(nth - 1).contains("COMMIT") && !isRead(operation);
        shots.addAll(commits ? atCommit(nth) : List.of(before(nth)));
      }
    }
    if (!shots.isEmpty() && isStalled(operation)) {
      shots.add(new Shot(shots.get(shots.size() / 2).nth(), LineFault.STALL));
    }
    return shots;
  }

  /** Before a commit nothing has happened, whichever way it fails: each gets its turn. */
  private static Shot before(int nth) {
    return switch (nth % 4) {
      case 1 -> new Shot(nth, LineFault.CUT_BEFORE);
      case 3 -> new Shot(nth, LineFault.CUT_AFTER);
      default -> said(nth);
    };
  }

  /** Here both ends of a cut matter: it happened, or it did not. */
  private static List<Shot> atCommit(int nth) {
    return List.of(
        new Shot(nth, LineFault.CUT_BEFORE), new Shot(nth, LineFault.CUT_AFTER), said(nth));
  }

  private static Shot said(int nth) {
    return new Shot(nth, Shot.SAID.get((int) ((nth + Shot.SEED) % Shot.SAID.size())));
  }

  private static boolean isRead(Operation operation) {
    return operation.verb().equals("GET");
  }

  private static boolean isStalled(Operation operation) {
    return !isRead(operation)
        && Math.floorMod(operation.id().hashCode() + Shot.SEED, STALLED_ONE_IN) == 0;
  }
}
