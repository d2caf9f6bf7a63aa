package io.aragora.event;

/**
 * Where a debate's events ended when the holder looked: the number and hash of the last one. Who
 * holds it may append without reading first; if anybody appended since, that fails.
 */
public record StreamPlace(long seq, String hash) {
  static final StreamPlace START = new StreamPlace(0, EventChain.START);
}
