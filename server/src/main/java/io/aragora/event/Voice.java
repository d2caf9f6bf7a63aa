package io.aragora.event;

import java.util.Optional;

/** What one call has written so far, and how much of it is kept in the database. */
final class Voice {
  static final int MOST_CHARS = 64 * 1024;

  private final Speaker speaker;
  private final long began = System.nanoTime();
  private final StringBuilder text = new StringBuilder();
  private int kept;
  private boolean wasKept;
  private boolean ended;

  Voice(Speaker speaker) {
    this.speaker = speaker;
  }

  Speaker speaker() {
    return speaker;
  }

  synchronized void add(String piece) {
    // Half a character or a zero byte has no place in the database.
    text.append(piece.replace('\0', ' '), 0, Math.min(piece.length(), MOST_CHARS - text.length()));
  }

  synchronized void restart() {
    text.setLength(0);
    kept = 0;
  }

  synchronized String text() {
    return text.toString();
  }

  /** What to keep, if it was written for {@code nanos} and is more than is kept already. */
  synchronized Optional<String> toKeep(long nanos) {
    if (ended || text.length() == kept || System.nanoTime() - began < nanos) {
      return Optional.empty();
    }
    kept = text.length();
    wasKept = true;
    int end = Character.isHighSurrogate(text.charAt(kept - 1)) ? kept - 1 : kept;
    return end == 0 ? Optional.empty() : Optional.of(text.substring(0, end));
  }

  /** Ends it; true if something of it is in the database. */
  synchronized boolean end() {
    ended = true;
    return wasKept;
  }
}
