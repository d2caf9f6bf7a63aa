package io.aragora.fault;

import io.aragora.testing.line.LineFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Which round trip is to fail, and how. */
record Shot(int nth, LineFault fault) {
  static final long SEED = Long.getLong("aragora.seed", 7);
  static final boolean FULL = Boolean.getBoolean("aragora.full");
  static final List<LineFault> SAID =
      Arrays.stream(LineFault.values()).filter(Shot::isSaid).toList();

  /**
   * What a step of {@code last} round trips must bear in a build: both ends of a cut at each, one
   * of the ways to say no, and a stall.
   */
  static List<Shot> atChange(int last) {
    if (FULL) {
      return all(last);
    }
    var shots = new ArrayList<Shot>();
    for (int nth = 1; nth <= last; nth++) {
      shots.add(new Shot(nth, LineFault.CUT_BEFORE));
      shots.add(new Shot(nth, LineFault.CUT_AFTER));
      shots.add(new Shot(nth, SAID.get((int) ((nth + SEED) % SAID.size()))));
    }
    shots.add(new Shot(1 + new Random(SEED + last).nextInt(Math.max(1, last)), LineFault.STALL));
    return shots;
  }

  /** As many of all there are as a build has time for; all of them in the nightly run. */
  static List<Shot> some(int last, int most) {
    List<Shot> shots = new ArrayList<>(all(last));
    Collections.shuffle(shots, new Random(SEED));
    return FULL ? shots : shots.subList(0, Math.min(most, shots.size()));
  }

  static List<Shot> all(int last) {
    return IntStream.rangeClosed(1, last)
        .boxed()
        .flatMap(nth -> Arrays.stream(LineFault.values()).map(fault -> new Shot(nth, fault)))
        .toList();
  }

  private static boolean isSaid(LineFault fault) {
    return switch (fault) {
      case CUT_BEFORE, CUT_AFTER, STALL -> false;
      case LOST_RACE, NO_PLACE, DISK_FULL, CANCELLED, SHUTDOWN -> true;
    };
  }
}
