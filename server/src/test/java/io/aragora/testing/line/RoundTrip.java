package io.aragora.testing.line;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the asker sends before it waits for an answer: some messages, the last of which asks. */
final class RoundTrip {
  private final List<Frame> frames = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();

  /** Adds a message; {@code prepared} knows what the connection's named statements say. */
  void add(Frame frame, Map<String, String> prepared) {
    frames.add(frame);
    if (frame.is('Q')) {
      say(frame.text(0));
    } else if (frame.is('P')) {
      prepared.put(frame.text(0), frame.secondText());
    } else if (frame.is('B')) {
      say(prepared.getOrDefault(frame.secondText(), "?"));
    }
  }

  /** Whether the asker waits for an answer now. */
  boolean isWhole() {
    return frames.getLast().is('S') || frames.getLast().is('Q');
  }

  /** What is asked, in order, without what only opens a transaction. */
  String sql() {
    return String.join("; ", statements);
  }

  /** Whether it only greets a new connection or feels whether an old one still lives. */
  boolean isGreeting() {
    return statements.stream().allMatch(sql -> sql.isEmpty() || sql.startsWith("SET "));
  }

  boolean isListen() {
    return statements.stream().anyMatch(sql -> sql.startsWith("listen "));
  }

  void write(OutputStream out) throws IOException {
    for (Frame frame : frames) {
      frame.write(out);
    }
    out.flush();
  }

  private void say(String sql) {
    String plain = sql.strip();
    if (!plain.equals("BEGIN")) {
      statements.add(plain);
    }
  }
}
