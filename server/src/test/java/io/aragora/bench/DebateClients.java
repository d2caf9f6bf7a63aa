package io.aragora.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that open debates over HTTP, each the next one as soon as its last one has closed. */
final class DebateClients {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String key;
  private final int clients;
  private final AtomicInteger number = new AtomicInteger();

  DebateClients(int port, String key, int clients) {
    this.port = port;
    this.key = key;
    this.clients = clients;
  }

  /** One run: how long it took, each debate's time from POST to closed, and a debate to look at. */
  record Run(double seconds, long[] sortedNanos, String sample) {
    double perSecond() {
      return sortedNanos.length / seconds;
    }
  }

  private record Closed(long nanos, String id) {}

  /** Opens this many debates; {@code brief} is a request body with a number left open. */
  Run run(String brief, int debates) throws Exception {
    var left = new AtomicInteger(debates);
    long start = System.nanoTime();
    List<Closed> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Closed>>> tasks = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        tasks.add(() -> work(brief, left));
      }
      for (Future<List<Closed>> each : threads.invokeAll(tasks)) {
        all.addAll(each.get());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] nanos = all.stream().mapToLong(Closed::nanos).toArray();
    Arrays.sort(nanos);
    return new Run(seconds, nanos, all.getLast().id());
  }

  /** The moves of a debate in the order they were stored, such as draft draft draft ballot. */
  List<String> moves(String debate) throws IOException, InterruptedException {
    var request = request("/api/v1/debates/" + debate + "/transcript").build();
    List<String> moves = new ArrayList<>();
    Json.tree(http.send(request, BodyHandlers.ofByteArray()).body())
        .path("entries")
        .forEach(entry -> moves.add(entry.path("move").asText()));
    return moves;
  }

  private List<Closed> work(String brief, AtomicInteger left) throws Exception {
    List<Closed> closed = new ArrayList<>();
    while (left.getAndDecrement() > 0) {
      closed.add(one(brief.formatted(number.incrementAndGet())));
    }
    return closed;
  }

  private Closed one(String body) throws IOException, InterruptedException {
    var request =
        request("/api/v1/debates")
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=60")
            .POST(BodyPublishers.ofString(body))
            .build();
    long start = System.nanoTime();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    long nanos = System.nanoTime() - start;
    JsonNode debate = Json.tree(answer.body());
    if (answer.statusCode() != 200 || debate.path("receipt_id").asText().isEmpty()) {
      throw new IllegalStateException(answer.statusCode() + " " + debate);
    }
    return new Closed(nanos, debate.path("id").asText());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(90))
        .header("Authorization", "Bearer " + key);
  }
}
