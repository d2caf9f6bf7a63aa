package io.aragora.drill.history;

import java.util.UUID;

/** One thing a client did and learned, at a monotonic time in nanoseconds. */
public sealed interface Operation {
  long at();

  /** A client asked for a debate under this key; it may or may not have happened. */
  record OpenAsked(long at, String key) implements Operation {}

  /** The server said that the debate is open: from here on it may not be lost. */
  record OpenAcknowledged(long at, String key, UUID debate) implements Operation {}

  /** A viewer was given this event of a debate. */
  record EventSeen(long at, int viewer, UUID debate, long seq, int content) implements Operation {}

  /** The server named this receipt as the debate's. */
  record ReceiptRead(long at, UUID debate, UUID receipt, String sha256) implements Operation {}

  /** A node that was up answered an error of the server's, or did not answer. */
  record Failed(long at, String what, int status) implements Operation {}
}
