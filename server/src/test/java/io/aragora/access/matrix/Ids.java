package io.aragora.access.matrix;

/** Whose things a request names. */
public enum Ids {
  /** Of the workspace that the roles and keys under test are in. */
  HOME,
  /** Of another workspace. */
  ABROAD,
  /** Of nobody. */
  UNKNOWN
}
