package io.aragora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** Follows a debate to its end and says how it ended. */
final class Ending {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What is printed on the way. */
  enum Show {
    /** Every event, as a line for people. */
    ALL,
    /** Every event, as a line of JSON. */
    EVENTS,
    /** Only the end. */
    END
  }

  /** How the end is told. */
  enum Form {
    TEXT,
    JSON,
    /** The last event said it already. */
    NOTHING
  }

  private final Terminal terminal;
  private final Api api;
  private final String id;

  Ending(Terminal terminal, Api api, String id) {
    this.terminal = terminal;
    this.api = api;
    this.id = id;
  }

  /** Follows to the end and tells it; the exit code is 0 only for a decision. */
  int tell(Show show, Form form) {
    var progress = new Progress();
    new Follow(api, id, PAUSE)
        .toTheEnd(
            event -> {
              switch (show) {
                case ALL -> progress.line(event).ifPresent(terminal::note);
                case EVENTS -> terminal.say(event.toString());
                case END -> {}
              }
            });
    var debate = api.get("/api/v1/debates/" + id);
    switch (form) {
      case JSON -> terminal.say(debate.toString());
      case TEXT -> inWords(debate);
      case NOTHING -> {}
    }
    return debate.path("outcome").asText().toUpperCase(Locale.ROOT).startsWith("DECIDED")
        ? ExitCode.DONE
        : ExitCode.NO;
  }

  private void inWords(JsonNode debate) {
    terminal.say("outcome  " + Words.plain(debate.path("outcome").asText()));
    if (debate.hasNonNull("verdict")) {
      terminal.say("verdict  " + Words.plain(debate.path("verdict").asText()));
    }
    if (debate.hasNonNull("synthesis")) {
      terminal.say("summary  " + Words.plain(debate.path("synthesis").asText()));
    }
    terminal.say("receipt  " + debate.path("receipt_id").asText());
  }
}
