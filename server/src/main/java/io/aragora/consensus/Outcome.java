package io.aragora.consensus;

/** The typed end of a debate; every debate ends in exactly one. */
public enum Outcome {
  DECIDED,
  DECIDED_WITH_DISSENT,
  NO_CONSENSUS,
  REVIEW,
  INSUFFICIENT_QUORUM,
  STOPPED_BUDGET,
  STOPPED_DEADLINE,
  CANCELLED;

  /** Whether a verdict stands, so that connectors may act on it. */
  public boolean isDecision() {
    return this == DECIDED || this == DECIDED_WITH_DISSENT;
  }
}
