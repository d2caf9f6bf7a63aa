package io.aragora.consensus;

import java.util.List;

/**
 * Everything a conclusion rests on, enough to count it again: the blind election, the election that
 * counted, what the rule made of it, independence, integrity signals, and who failed or dissents.
 */
public record Findings(
    ConsensusRule rule,
    Election blind,
    Election counted,
    Verdict verdict,
    Independence independence,
    Signals signals,
    Sources sources,
    List<String> failedSeats,
    List<String> refusedBallots,
    List<String> dissenters) {
  public Findings {
    failedSeats = List.copyOf(failedSeats);
    refusedBallots = List.copyOf(refusedBallots);
    dissenters = List.copyOf(dissenters);
  }

  /** What the claims behind the winner rest on. */
  public enum Sources {
    SOUND,
    ONE_UNTRUSTED
  }

  public boolean restsOnOneUntrustedSource() {
    return sources == Sources.ONE_UNTRUSTED;
  }
}
