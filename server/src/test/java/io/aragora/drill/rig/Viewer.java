package io.aragora.drill.rig;

import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.EventSeen;
import io.aragora.drill.history.Operation.Failed;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Follows one debate's events over any number of connections, each after the event seen last. */
public final class Viewer {
  private final int number;
  private final UUID debate;
  private final History history;
  private long seen;
  private long id;
  private boolean done;
  private int connections;

  public Viewer(int number, UUID debate, History history) {
    this.number = number;
    this.debate = debate;
    this.history = history;
  }

  /** Reads from one node until the stream or {@code stop} ends it; true after the last event. */
  public boolean follow(Door door, BooleanSupplier stop) throws IOException {
    connections++;
    id = 0;
    int status =
        door.lines(
            "/api/v1/debates/" + debate + "/events",
            Map.of("Last-Event-ID", Long.toString(seen)),
            line -> {
              read(line);
              return !stop.getAsBoolean();
            });
    if (status != 200 && status != 204) {
      history.add(new Failed(System.nanoTime(), "events", status));
    }
    done |= status == 204;
    return done;
  }

  /** How often it had to connect. */
  public int connections() {
    return connections;
  }

  private void read(String line) {
    if (line.startsWith("id: ")) {
      id = Long.parseLong(line.substring(4));
    } else if (line.startsWith("data: ") && id > 0) {
      seen = id;
      history.add(new EventSeen(System.nanoTime(), number, debate, id, line.hashCode()));
      done |= line.contains("\"type\":\"debate.closed\"");
      id = 0;
    }
  }
}
