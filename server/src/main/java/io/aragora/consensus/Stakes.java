package io.aragora.consensus;

/** Whether what is decided can be taken back. */
public enum Stakes {
  REVERSIBLE,
  IRREVERSIBLE
}
