package io.aragora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.egress.EgressReply;
import io.aragora.platform.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a debate's events to the last one; a broken line is taken up again after the last seen. */
final class Follow {
  private static final String LAST = "debate.closed";
  private static final int MOST_LINE = 1024 * 1024;

  /** A connection's life: short, so that a dead one is noticed although it is silent. */
  private static final Duration LIFE = Duration.ofSeconds(60);

  private static final int TRIES = 30;

  private final Api api;
  private final String debate;
  private final Duration pause;
  private long last;
  private boolean ended;

  Follow(Api api, String debate, Duration pause) {
    this.api = api;
    this.debate = debate;
    this.pause = pause;
  }

  /** Hands over every event once, in order. */
  void toTheEnd(Consumer<JsonNode> seen) {
    int failures = 0;
    while (!ended) {
      long before = last;
      try (var reply = api.events("/api/v1/debates/" + debate + "/events", last, LIFE)) {
        ended = reply.status() == 204;
        read(reply, seen);
      } catch (EgressFault broken) {
        failures = last > before ? 0 : failures + 1;
        if (failures > TRIES) {
          throw new CliFault(
              ExitCode.UNREACHABLE,
              "%s does not answer (%s); the debate goes on: aragora watch %s"
                  .formatted(api.base(), broken.getMessage(), debate));
        }
        rest();
      }
    }
  }

  private void read(EgressReply reply, Consumer<JsonNode> seen) {
    long id = 0;
    var data = new StringBuilder();
    Optional<String> line = ended ? Optional.empty() : reply.nextLine(MOST_LINE);
    while (line.isPresent() && !ended) {
      var text = line.get();
      if (text.isEmpty()) {
        take(id, data.toString(), seen);
        id = 0;
        data.setLength(0);
      } else if (text.startsWith("id:")) {
        id = Long.parseLong(text.substring(3).strip());
      } else if (text.startsWith("data:")) {
        data.append(text.substring(5).strip());
      }
      line = ended ? Optional.empty() : reply.nextLine(MOST_LINE);
    }
  }

  /** Events without a number are fleeting: text as it is written, or news of the line itself. */
  private void take(long id, String data, Consumer<JsonNode> seen) {
    if (id <= last || data.isEmpty()) {
      return;
    }
    var event = Json.tree(data);
    seen.accept(event);
    last = id;
    ended = event.path("type").asText().equals(LAST);
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CliFault(ExitCode.UNREACHABLE, "interrupted; the debate goes on");
    }
  }
}
