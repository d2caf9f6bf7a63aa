package io.aragora.drill.rig;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that try nothing twice: each opens a debate, reads it, follows its events to the end,
 * reads its receipt and starts over. A stream may be cut only where it may be taken up again.
 */
public final class Impatient implements AutoCloseable {
  private final Door door;
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger reconnects = new AtomicInteger();
  private final AtomicInteger debates = new AtomicInteger();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Impatient(Door door) {
    this.door = door;
  }

  public static Impatient start(Door door, int clients) {
    var all = new Impatient(door);
    for (int at = 0; at < clients; at++) {
      all.threads.submit(all::client);
    }
    return all;
  }

  public int requests() {
    return requests.get();
  }

  /** Streams that ended before their debate and were taken up after the last event seen. */
  public int reconnects() {
    return reconnects.get();
  }

  /** Debates followed from the question to the receipt. */
  public int debates() {
    return debates.get();
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets the debates in flight end; false if some do not. */
  public boolean finish(long seconds) throws InterruptedException {
    stopping.set(true);
    threads.shutdown();
    return threads.awaitTermination(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    stopping.set(true);
    threads.shutdownNow();
    threads.close();
  }

  private void client() {
    while (!stopping.get()) {
      try {
        once();
      } catch (IOException | RuntimeException failed) {
        failures.add(String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
        Until.passed(java.time.Duration.ofMillis(200));
      }
    }
  }

  private void once() throws IOException {
    Door.Got opened = good(door.post("/api/v1/debates", "{\"question\": \"On?\"}", Map.of()), 202);
    UUID debate = UUID.fromString(opened.json().path("id").asText());
    good(door.get("/api/v1/debates/" + debate), 200);
    follow(debate);
    String receipt =
        good(door.get("/api/v1/debates/" + debate), 200).json().path("receipt_id").asText();
    good(door.get("/api/v1/receipts/" + receipt), 200);
    debates.incrementAndGet();
  }

  private void follow(UUID debate) throws IOException {
    var seen = new long[1];
    for (var ended = new AtomicBoolean(); !ended.get(); ) {
      requests.incrementAndGet();
      int status =
          door.lines(
              "/api/v1/debates/" + debate + "/events",
              Map.of("Last-Event-ID", Long.toString(seen[0])),
              line -> read(line, seen, ended));
      if (status != 200 && status != 204) {
        throw new IOException("events answered " + status);
      }
      if (status == 200 && !ended.get()) {
        reconnects.incrementAndGet();
      }
    }
  }

  private boolean read(String line, long[] seen, AtomicBoolean ended) {
    if (line.startsWith("id: ")) {
      long seq = Long.parseLong(line.substring(4));
      if (seq != seen[0] + 1) {
        failures.add("event " + seq + " came after " + seen[0]);
      }
      seen[0] = seq;
    } else if (line.equals("event: debate.closed")) {
      ended.set(true);
    }
    return true;
  }

  private Door.Got good(Door.Got got, int status) throws IOException {
    requests.incrementAndGet();
    if (got.status() != status) {
      throw new IOException("answered " + got.status() + ": " + got.text());
    }
    return got;
  }
}
