package io.aragora.event;

/** What re-hashing a debate's events found. */
public sealed interface ChainCheck {
  /** Every event is as it was written. */
  record Intact(StreamHead head) implements ChainCheck {}

  /** The first event that is not. */
  record Broken(long seq, String why) implements ChainCheck {}
}
