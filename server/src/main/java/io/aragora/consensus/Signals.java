package io.aragora.consensus;

import java.util.List;

/**
 * What the hollow test saw: h1 agreement created by talk, h2 flips without reasons, h3 flips toward
 * the majority, h4 too little independence, h5 too little evidence behind the winner.
 */
public record Signals(
    boolean h1, boolean h2, boolean h3, boolean h4, boolean h5, List<Flip> flips) {
  public Signals {
    flips = List.copyOf(flips);
  }

  public int raised() {
    return (h1 ? 1 : 0) + (h2 ? 1 : 0) + (h3 ? 1 : 0) + (h4 ? 1 : 0) + (h5 ? 1 : 0);
  }

  /** Any two of the five make a consensus hollow. */
  public boolean isHollow() {
    return raised() >= 2;
  }

  public int unsupportedFlips() {
    int count = 0;
    for (Flip flip : flips) {
      count += flip.isSupported() ? 0 : 1;
    }
    return count;
  }

  /** A seat's final first choice that differs from its blind one; empty text stands for none. */
  public record Flip(
      String seat, String from, String to, ReasonType reason, String claimId, Support support) {

    /** Whether the seat gave a cited, checked reason; without one its blind vote counts. */
    public enum Support {
      SUPPORTED,
      UNSUPPORTED
    }

    public boolean isSupported() {
      return support == Support.SUPPORTED;
    }
  }
}
