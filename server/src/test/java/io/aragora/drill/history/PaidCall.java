package io.aragora.drill.history;

import java.time.Instant;

/**
 * One request the model server was asked, as that server saw it; {@code endedNanos} is 0 while it
 * has not answered in full.
 */
public record PaidCall(
    String callId, String node, Instant began, long endedNanos, long input, long output) {
  public boolean isCompleted() {
    return endedNanos != 0;
  }

  public PaidCall completed() {
    return new PaidCall(callId, node, began, System.nanoTime(), input, output);
  }
}
