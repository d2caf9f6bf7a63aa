package io.aragora.debate;

import java.util.List;

/** What a debate needs after a turn was committed. */
sealed interface Turn {
  /**
   * These calls are in the journal: make them. {@code provenNanos} is when the debate was ours for
   * certain.
   */
  record Ask(Standing standing, List<Question> questions, long provenNanos) implements Turn {
    private static final long TRUSTED_NANOS = 1_000_000_000;

    public Ask {
      questions = List.copyOf(questions);
    }

    /** Whether so much time has passed that another node may have taken the debate over. */
    boolean isOld() {
      return System.nanoTime() - provenNanos > TRUSTED_NANOS;
    }
  }

  /** Other seats of the round are still being asked. */
  record Wait(Standing standing) implements Turn {}

  /** Somebody called the debate off: the calls that run are to be cut off. */
  record CallOff(Standing standing) implements Turn {}

  /** This node stops: another one goes on. */
  record GiveBack() implements Turn {}

  /** The debate is closed. */
  record Ended(String outcome) implements Turn {}
}
