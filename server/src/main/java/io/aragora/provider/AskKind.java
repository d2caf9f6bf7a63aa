package io.aragora.provider;

/** Which move of a debate an answer is for. */
public enum AskKind {
  DRAFT,
  CHALLENGE,
  BALLOT,
  EDIT
}
