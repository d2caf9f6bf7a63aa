package io.aragora.event;

/** An answer while it is being written; closed without {@link #done()} it counts as abandoned. */
public interface Speech extends AutoCloseable {
  /** Shows a piece to whoever watches. */
  void say(String piece);

  /** What was said so far is void: the question is asked once more. */
  void restart();

  /** The answer is whole, or known to have failed: what was said need not be kept. */
  void done();

  @Override
  void close();
}
