package io.aragora.event;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.time.Duration;
import java.util.List;

/** The stream of a debate's events over HTTP. */
public final class EventRoutes implements Routes {
  static final Operation STREAM =
      Operation.get("debates.events", "/api/v1/debates/{id}/events")
          .about(
              "The debate's events as server-sent events, from the first or after the one named."
                  + " Ends after debate.closed; before that, reconnect with Last-Event-ID.")
          .needs(Permission.READ_DEBATE)
          .query("after", "integer", "Start after the event with this number.")
          .header("Last-Event-ID", "As after, and stronger; a reconnecting client sends it.")
          .gives(200, "text/event-stream", "Events; the types are in docs/reference/events.md.")
          .gives(204, "", "Nothing follows the event named: do not reconnect.")
          .refuses(ErrorCode.INVALID_QUERY, ErrorCode.NOT_FOUND);

  /** Whether a workspace has a debate; the debate package answers. */
  @FunctionalInterface
  public interface Known {
    boolean knows(WorkspaceId workspace, DebateId debate);
  }

  private final EventFeed feed;
  private final Known debates;
  private final Duration life;

  /** {@code life} is how long one stream lasts at most. */
  public EventRoutes(EventFeed feed, Known debates, Duration life) {
    this.feed = feed;
    this.debates = debates;
    this.life = life;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(STREAM, this::stream));
  }

  private Reply stream(Call call) {
    var workspace = Caller.of(call).workspace();
    var debate = new DebateId(call.pathId("id"));
    if (!debates.knows(workspace, debate)) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "no debate " + debate);
    }
    long after = after(call);
    var stream = feed.stream(workspace, debate);
    long last = stream.map(EventStore.Stream::lastSeq).orElse(0L);
    if (after > last) {
      throw Refusal.of(ErrorCode.INVALID_QUERY, "there is no event " + after + ", only " + last);
    }
    return after == last && stream.map(EventStore.Stream::closed).orElse(false)
        ? Reply.empty(204)
        : Reply.stream(
                "text/event-stream",
                new EventStream(
                    () -> feed.watch(workspace, debate, after), EventStream.HEARTBEAT, life))
            .with("Cache-Control", "no-store");
  }

  private static long after(Call call) {
    String text =
        call.header("Last-Event-ID")
            .filter(id -> !id.isEmpty())
            .or(() -> call.query("after"))
            .orElse("0");
    if (!text.matches("[0-9]{1,15}")) {
      throw Refusal.of(ErrorCode.INVALID_QUERY, "not the number of an event: " + text);
    }
    return Long.parseLong(text);
  }
}
