package io.aragora.cli;

import io.aragora.platform.json.Json;
import java.io.PrintStream;
import java.util.Map;

/** What every verb shares: the server it may start, its environment, and where it prints. */
record Terminal(
    Serving serving, Map<String, String> environment, PrintStream out, PrintStream err) {

  /** A line of the answer itself. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line about the work, kept apart from the answer. */
  void note(String line) {
    err.println(line);
    err.flush();
  }

  void sayJson(Object value) {
    say(Json.text(value));
  }
}
