package io.aragora.drill.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What members and programs do all day: open, watch, leave, come back, read, export, err. */
final class Day {
  private static final List<String> FORMATS = List.of("json", "jws", "odr", "md");
  private static final String BRIEF =
      """
      {"question": "Should we roll the tool out to all teams this month? Case %d",
       "context": "%s"}
      """;
  private static final String CONTEXT =
      "It is faster and cheaper. It lacks an audit trail and support is slow. ".repeat(12);
  private static final int KEPT_FAULTS = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String key;
  private final long seed;
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

  Day(int port, String key, long seed) {
    this.port = port;
    this.key = key;
    this.seed = seed;
  }

  long closed() {
    return closed.get();
  }

  long requests() {
    return requests.get();
  }

  long faults() {
    return faults.get();
  }

  /** The first faults, in words. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** One visit: a debate and everything around it; never throws, faults are counted. */
  void visit(long number) {
    try {
      var random = new Random(seed * 1_000_003 + number);
      String debate = open(number);
      if (number % 10 == 0) {
        Thread.sleep(random.nextInt(400));
        cancel(debate);
      }
      if (number % 2 == 0) {
        watch(debate, number % 4 == 0 ? 1 + random.nextInt(6) : Integer.MAX_VALUE);
      }
      if (number % 5 == 1) {
        err();
      }
      String receipt = await(debate);
      read(debate, receipt, FORMATS.get(random.nextInt(FORMATS.size())));
      if (number % 10 == 3) {
        attach("note %d %s".formatted(number, CONTEXT));
      }
      closed.incrementAndGet();
    } catch (IOException | RuntimeException bad) {
      fault(number + ": " + bad);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String open(long number) throws IOException, InterruptedException {
    String body = BRIEF.formatted(number, CONTEXT);
    String once = "soak-" + seed + "-" + number;
    JsonNode first = Json.tree(expect(202, post("/api/v1/debates", body, once)));
    if (number % 7 == 0) {
      JsonNode again = Json.tree(expect(202, post("/api/v1/debates", body, once)));
      check(first.path("id").equals(again.path("id")), "one key opened two debates");
    }
    return first.path("id").asText();
  }

  private void cancel(String debate) throws IOException, InterruptedException {
    int status = post("/api/v1/debates/" + debate + "/cancel", "", "").statusCode();
    check(status == 202 || status == 409, "cancel answered " + status);
  }

  /** Reads events, leaves after some, comes back, and misses none. */
  private void watch(String debate, int patience) throws IOException, InterruptedException {
    long last = events(debate, 0, patience);
    if (patience != Integer.MAX_VALUE) {
      events(debate, last, Integer.MAX_VALUE);
    }
  }

  private long events(String debate, long after, int patience)
      throws IOException, InterruptedException {
    var request =
        request("/api/v1/debates/" + debate + "/events")
            .header("Last-Event-ID", Long.toString(after))
            .build();
    requests.incrementAndGet();
    var answer = http.send(request, BodyHandlers.ofLines());
    check(answer.statusCode() == 200, "events answered " + answer.statusCode());
    long last = after;
    int left = patience;
    try (var lines = answer.body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("id:")) {
          long seq = Long.parseLong(line.substring(3).strip());
          check(seq == last + 1, "event " + seq + " after " + last);
          last = seq;
          left--;
        }
        if (left == 0) {
          return last;
        }
      }
    }
    return last;
  }

  private void err() throws IOException, InterruptedException {
    expect(422, post("/api/v1/debates", "{\"question\": \"\"}", ""));
    expect(400, post("/api/v1/debates", "{\"question\": ", ""));
    expect(404, send(request("/api/v1/debates/" + UUID.randomUUID()).build()));
    expect(404, send(request("/api/v1/nothing-here").build()));
    expect(
        401,
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/me")).build()));
  }

  private String await(String debate) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (System.nanoTime() < end) {
      JsonNode view = Json.tree(expect(200, send(request("/api/v1/debates/" + debate).build())));
      if (view.path("state").asText().equalsIgnoreCase("closed")) {
        return view.path("receipt_id").asText();
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException("debate " + debate + " does not end");
  }

  private void read(String debate, String receipt, String format)
      throws IOException, InterruptedException {
    expect(200, send(request("/api/v1/debates/" + debate + "/transcript").build()));
    expect(200, send(request("/api/v1/receipts/" + receipt).build()));
    byte[] file =
        expect(
            200, send(request("/api/v1/receipts/" + receipt + "/export?format=" + format).build()));
    if (format.equals("json") || format.equals("jws")) {
      var request =
          request("/api/v1/receipts/verify")
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(file))
              .build();
      expect(200, send(request));
    }
    for (String path :
        List.of("/api/v1/debates", "/api/v1/receipts", "/api/v1/budget", "/api/v1/budget/ledger")) {
      expect(200, send(request(path).build()));
    }
    expect(200, send(request("/log/checkpoint").build()));
  }

  private void attach(String text) throws IOException, InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(digest(bytes));
    var request =
        request("/api/v1/evidence/" + sha256 + "?name=note.txt")
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    expect(200, send(request));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException none) {
      throw new IllegalStateException(none);
    }
  }

  private HttpResponse<byte[]> post(String path, String body, String once)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var builder = request(path).header("Content-Type", "application/json").POST(publisher);
    return send((once.isEmpty() ? builder : builder.header("Idempotency-Key", once)).build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    requests.incrementAndGet();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(90))
        .header("Authorization", "Bearer " + key);
  }

  private byte[] expect(int status, HttpResponse<byte[]> got) {
    check(
        got.statusCode() == status,
        "%s answered %d instead of %d: %s"
            .formatted(
                got.uri().getPath(),
                got.statusCode(),
                status,
                new String(got.body(), StandardCharsets.UTF_8)));
    return got.body();
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private void fault(String words) {
    faults.incrementAndGet();
    if (told.size() < KEPT_FAULTS) {
      told.add(words.substring(0, Math.min(600, words.length())));
    }
  }
}
