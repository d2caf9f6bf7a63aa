package io.aragora.platform.http.server;

import io.aragora.access.Access;
import io.aragora.access.AccessRoutes;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.HealthRoutes;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.aragora.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server with a few operations that each do one thing a test wants to see. */
final class HttpFixture implements AutoCloseable {
  /** What the echo operation takes and gives. */
  record Note(String text, int count, @Nullable UUID id, List<String> tags) {
    Note {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative: " + count);
      }
      tags = List.copyOf(tags);
    }
  }

  /** What a made thing looks like. */
  record Made(UUID id, int run) {}

  final AtomicInteger runs = new AtomicInteger();
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch goOn = new CountDownLatch(1);
  final Health health = new Health(List.of(), List.of());
  final NewKey key;
  final NewKey weak;
  final HttpServer server;
  final TestDatabase database = TestDatabase.shared();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpFixture(HttpOptions options) {
    var access = new Access(database.database(), UUID::randomUUID, InstantSource.system());
    var workspace = database.newWorkspace();
    var actor = new ActorId(UUID.randomUUID());
    key =
        access.createKey(
            workspace, actor, "all", EnumSet.allOf(Permission.class), Duration.ofDays(1));
    weak = access.createKey(workspace, actor, "weak", Set.of(), Duration.ofDays(1));
    server =
        HttpServer.start(
            options,
            List.of(new AccessRoutes(), new HealthRoutes(health), this::endpoints),
            new HttpParts(
                access.security(List.of()),
                database.database(),
                health,
                Meters.create(),
                UUID::randomUUID,
                InstantSource.system(),
                "0.1.0"));
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.post("notes.echo", "/api/v1/notes")
                .needs(Permission.OPEN_DEBATE)
                .takes(Note.class)
                .gives(200, Note.class),
            call -> Reply.ok(call.body(Note.class))),
        new Endpoint(
            Operation.get("notes.list", "/api/v1/notes")
                .needs(Permission.READ_DEBATE)
                .givesPageOf(Note.class),
            call ->
                Reply.ok(
                    call.cursor()
                        .map(c -> Cursor.decode(c, 1))
                        .orElse(List.of("" + call.limit())))),
        new Endpoint(
            Operation.post("things.make", "/api/v1/things")
                .needs(Permission.OPEN_DEBATE)
                .takes(Note.class)
                .gives(201, Made.class),
            this::make),
        new Endpoint(
            Operation.put("files.put", "/api/v1/files/{id}")
                .needs(Permission.OPEN_DEBATE)
                .takesBytes("application/octet-stream", 2_000_000)
                .gives(200, Made.class),
            call -> Reply.ok(new Made(call.pathId("id"), call.bytes().length))),
        new Endpoint(
            Operation.get("faults.get", "/api/v1/faults/{kind}")
                .needs(Permission.READ_DEBATE)
                .gives(200, Made.class),
            this::fail),
        new Endpoint(
            Operation.get("streams.get", "/api/v1/streams/{kind}")
                .needs(Permission.READ_DEBATE)
                .gives(200, "text/event-stream", "events"),
            call -> Reply.stream("text/event-stream", out -> stream(call.path("kind"), out))));
  }

  private Reply make(Call call) {
    Note note = call.body(Note.class);
    int run = runs.incrementAndGet();
    switch (note.text()) {
      case "slow" -> await();
      case "broken" -> throw new IllegalStateException("secret internals");
      case "poor" -> throw Refusal.of(ErrorCode.BUDGET_EXCEEDED, "the cap is used up");
      default -> {}
    }
    return Reply.json(201, new Made(call.newId(), run)).with("Location", "/x/" + call.newId());
  }

  private Reply fail(Call call) {
    switch (call.path("kind")) {
      case "mistake" -> throw new IllegalStateException("select secret from nowhere");
      case "sql" ->
          database
              .database()
              .inSystemTransaction(tx -> tx.update("insert into nowhere values (1)"));
      default -> throw Refusal.of(ErrorCode.CONFLICT, "no");
    }
    return Reply.empty(204);
  }

  private void stream(String kind, java.io.OutputStream out) throws IOException {
    out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    entered.countDown();
    switch (kind) {
      case "broken" -> throw new IllegalStateException("secret internals");
      case "waiting" -> await();
      default -> {}
    }
    out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
  }

  private void await() {
    entered.countDown();
    try {
      goOn.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + key.secret())
        .timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder post(String path, String body) {
    return to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException bad) {
      throw new java.io.UncheckedIOException(bad);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  HttpResponse<String> managed(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + path)));
  }

  @Override
  public void close() {
    goOn.countDown();
    server.close();
    client.close();
  }
}
