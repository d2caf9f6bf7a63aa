package io.aragora.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text that waits for the next frame, joined per seat and move; beyond its bound text is lost. */
final class PendingText {
  private static final int MOST_CHARS = 64 * 1024;

  private record Voice(int seat, String move) {}

  private final Map<Voice, StringBuilder> texts = new LinkedHashMap<>();
  private int chars;
  private boolean frameDue;

  /** Adds text; true if this is the first since the last frame. */
  synchronized boolean add(int seat, String move, String text) {
    if (chars + text.length() > MOST_CHARS) {
      return false;
    }
    chars += text.length();
    texts.computeIfAbsent(new Voice(seat, move), voice -> new StringBuilder()).append(text);
    boolean first = !frameDue;
    frameDue = true;
    return first;
  }

  /** Takes all there is, but for half a character at an end: its other half is yet to come. */
  synchronized List<Frame.Text> take() {
    var taken = new ArrayList<Frame.Text>();
    for (Map.Entry<Voice, StringBuilder> each : texts.entrySet()) {
      String text = whole(each.getValue());
      if (!text.isEmpty()) {
        taken.add(new Frame.Text(each.getKey().seat(), each.getKey().move(), text));
      }
    }
    texts.values().removeIf(StringBuilder::isEmpty);
    chars = texts.values().stream().mapToInt(StringBuilder::length).sum();
    frameDue = false;
    return taken;
  }

  private static String whole(StringBuilder text) {
    int end = text.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String taken = text.substring(0, end);
    text.delete(0, end);
    // A surrogate without its other half becomes a question mark: it has no UTF-8 form.
    return new String(taken.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
