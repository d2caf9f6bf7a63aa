package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Permission;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.json.Json;
import io.aragora.testing.RoutesServer;
import io.aragora.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventRoutesTest {
  private final TestDatabase test = TestDatabase.shared();
  private final Doorbell bell = Doorbell.open(test.app());
  private final EventFeed feed = new EventFeed(test.database(), bell);
  private final EventLog log = new EventLog(InstantSource.system());
  private final WorkspaceId workspace = test.newWorkspace();
  private final DebateId debate = new DebateId(UUID.randomUUID());
  private final RoutesServer server =
      new RoutesServer(
          test,
          new EventRoutes(
              feed,
              (caller, asked) -> caller.equals(workspace) && asked.equals(debate),
              Duration.ofMillis(400)));
  private final String key = server.key(workspace, Set.of(Permission.READ_DEBATE));

  @AfterEach
  void close() {
    feed.close();
    server.close();
    bell.close();
  }

  @Test
  void streamsTheWholeDebateAndEnds() {
    append(round(), EventSamples.all().getLast());

    var answer = get("", key);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    assertThat(answer.body())
        .startsWith("retry: 1000\n\nid: 1\nevent: round.started\ndata: {")
        .contains("\n\nid: 2\nevent: debate.closed\ndata: {");
  }

  @Test
  void goesOnAfterTheLastEventTheClientSaw() {
    append(round(), round(), round());

    assertThat(get("?after=2", key).body()).doesNotContain("id: 2\n").contains("id: 3\n");
    var header = server.send(server.to(path() + "?after=0", key).header("Last-Event-ID", "2"));
    assertThat(header.body()).doesNotContain("id: 2\n").contains("id: 3\n");
  }

  @Test
  void tellsAClientThatSawTheLastEventNotToComeBack() {
    append(round(), EventSamples.all().getLast());

    assertThat(get("?after=2", key).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "2", "99999999999999999999", "1%20"})
  void refusesAPlaceThatIsNoEvent(String after) {
    append(round());

    var answer = get("?after=" + after, key);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.tree(answer.body()).path("code").asText()).isEqualTo("invalid_query");
  }

  @Test
  void anotherWorkspacesDebateIsNotThere() {
    append(round());
    var stranger = server.key(test.newWorkspace(), Set.of(Permission.READ_DEBATE));

    assertThat(get("", stranger).statusCode()).isEqualTo(404);
    assertThat(get("", server.key(workspace, Set.of())).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> get(String query, String secret) {
    return server.send(server.to(path() + query, secret));
  }

  private String path() {
    return "/api/v1/debates/" + debate + "/events";
  }

  private void append(Event... events) {
    test.database()
        .doInTransaction(workspace, tx -> log.append(tx, workspace, debate, List.of(events)));
  }

  private static Event round() {
    return new Event.RoundStarted(1, "ballot");
  }
}
