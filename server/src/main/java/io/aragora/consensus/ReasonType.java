package io.aragora.consensus;

/** The kind of reason a seat gives for a reply to a claim or for a changed vote. */
public enum ReasonType {
  EVIDENCE,
  COUNTEREXAMPLE,
  CALCULATION,
  RULE,
  NONE
}
