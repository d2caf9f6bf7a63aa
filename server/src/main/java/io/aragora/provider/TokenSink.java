package io.aragora.provider;

/** Where the words of an answer go while it is being written; nothing of it is kept. */
@FunctionalInterface
public interface TokenSink {
  TokenSink NOWHERE = piece -> {};

  void text(String piece);

  /** What was written so far is void: the question is asked once more. */
  default void restart() {}
}
