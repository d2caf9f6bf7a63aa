package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One server-sent event, encoded once; the same bytes go to every viewer. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Frame(long seq, boolean last, byte[] bytes) {
  static final byte[] HEARTBEAT = ascii(":\n\n");
  static final byte[] RETRY = ascii("retry: 1000\n\n");

  /** What one seat has been writing. */
  record Text(int seat, String move, String text) {}

  /** What seats have been writing since the frame before. */
  record TextDelta(String type, DebateId debateId, List<Text> texts) {}

  /** What seats had written before a viewer came; the calls may have been abandoned since. */
  record TextSoFar(String type, DebateId debateId, boolean partial, List<Text> texts) {}

  static Frame of(StoredEvent event) {
    // The canonical text has no line breaks, so it is one data line.
    String text =
        "id: %d\nevent: %s\ndata: %s\n\n".formatted(event.seq(), event.type(), event.body());
    return new Frame(event.seq(), event.isLast(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Has no id, so that a viewer's place in the events stays where it is. */
  static byte[] delta(DebateId debate, List<Text> texts) {
    return named("text.delta", new TextDelta("text.delta", debate, texts));
  }

  static byte[] soFar(DebateId debate, List<Text> texts) {
    return named("text.delta", new TextSoFar("text.delta", debate, true, texts));
  }

  /** Ends a stream whose debate goes on; the times differ so that not all come back at once. */
  static byte[] reconnect(int afterMillis) {
    return ascii("retry: " + afterMillis + "\n: go on from the last event\n\n");
  }

  static byte[] named(String event, Object data) {
    String text = "event: " + event + "\ndata: " + Json.text(data) + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
