package io.aragora.event;

import io.aragora.platform.json.Json;
import java.time.Instant;

/**
 * One event as it is kept: its place, the exact text that was hashed and is sent, and the hash that
 * binds it to all events before it.
 */
public record StoredEvent(long seq, String type, Instant at, String body, String hash) {
  /** The event itself, read from the text. */
  public Event event() {
    return Json.convert(
        Json.tree(body).path("data"),
        EventTypes.named(type)
            .orElseThrow(() -> new IllegalStateException("unknown event type: " + type)));
  }

  public boolean isLast() {
    return type.equals(EventTypes.LAST);
  }
}
