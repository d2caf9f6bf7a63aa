package io.aragora.drill.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.Failed;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.history.Operation.OpenAsked;
import io.aragora.drill.history.Operation.ReceiptRead;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that keep so many debates in flight on whichever nodes are up: each opens a debate, views
 * its events to the end, reads its receipt twice and starts over. What fails is tried again, an
 * opening under the same key.
 */
public final class Traffic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Fleet fleet;
  private final String key;
  private final History history;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean giveUp = new AtomicBoolean();
  private final AtomicInteger left;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger viewers = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Traffic(Fleet fleet, String key, History history, int atMost) {
    this.fleet = fleet;
    this.key = key;
    this.history = history;
    this.left = new AtomicInteger(atMost);
  }

  /** Keeps {@code inFlight} debates going until {@code atMost} were opened or it is stopped. */
  public static Traffic start(Fleet fleet, String key, History history, int inFlight, int atMost) {
    var traffic = new Traffic(fleet, key, history, atMost);
    for (int client = 0; client < inFlight; client++) {
      traffic.threads.submit(traffic::client);
    }
    return traffic;
  }

  /** How many debates were followed to their receipt. */
  public int ended() {
    return ended.get();
  }

  /** Opens no more debates and waits until those in flight have ended; false if some do not. */
  public boolean finish(Duration longest) throws InterruptedException {
    stopping.set(true);
    return awaitAll(longest);
  }

  /** Waits until as many debates as were wanted have ended; false if some do not. */
  public boolean awaitAll(Duration longest) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stopping.set(true);
    giveUp.set(true);
    threads.shutdownNow();
    threads.close();
  }

  private void client() {
    while (!stopping.get() && left.getAndDecrement() > 0) {
      String idempotencyKey = UUID.randomUUID().toString();
      Optional<UUID> debate = tried(() -> open(idempotencyKey));
      debate.ifPresent(
          id -> {
            var viewer = new Viewer(viewers.incrementAndGet(), id, history);
            tried(() -> view(viewer));
            if (tried(() -> receipt(id)).isPresent()) {
              ended.incrementAndGet();
            }
            // A client that never heard the answer asks again, much later too.
            tried(() -> open(idempotencyKey));
            tried(() -> receipt(id));
          });
    }
  }

  /** One try on one node; empty means that it did not work and is to be tried again. */
  @FunctionalInterface
  private interface Try<T> {
    Optional<T> once() throws IOException;
  }

  private <T> Optional<T> tried(Try<T> work) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && !giveUp.get()) {
      try {
        Optional<T> got = work.once();
        if (got.isPresent()) {
          return got;
        }
      } catch (IOException unreachable) {
        // Killed, frozen or cut off, as drills do: the next try goes to any node that is up.
      }
      Until.passed(Duration.ofMillis(100));
    }
    return Optional.empty();
  }

  private Optional<UUID> open(String idempotencyKey) throws IOException {
    Optional<Door> door = door();
    if (door.isEmpty()) {
      return Optional.empty();
    }
    history.add(new OpenAsked(System.nanoTime(), idempotencyKey));
    Door.Got got =
        door.get()
            .post(
                "/api/v1/debates",
                "{\"question\": \"Which way, %s?\"}".formatted(idempotencyKey),
                Map.of("Idempotency-Key", idempotencyKey));
    if (got.status() != 202 && got.status() != 200) {
      failed("open " + got.text(), got.status());
      return Optional.empty();
    }
    var debate = UUID.fromString(got.json().path("id").asText());
    history.add(new OpenAcknowledged(System.nanoTime(), idempotencyKey, debate));
    return Optional.of(debate);
  }

  private Optional<Boolean> view(Viewer viewer) throws IOException {
    Optional<Door> door = door();
    return door.isPresent() && viewer.follow(door.get(), giveUp::get)
        ? Optional.of(true)
        : Optional.empty();
  }

  private Optional<UUID> receipt(UUID debate) throws IOException {
    Optional<Door> door = door();
    if (door.isEmpty()) {
      return Optional.empty();
    }
    Door.Got got = door.get().get("/api/v1/debates/" + debate);
    String receipt = got.status() == 200 ? got.json().path("receipt_id").asText("") : "";
    if (receipt.isEmpty()) {
      if (got.status() != 200) {
        failed("debate", got.status());
      }
      return Optional.empty();
    }
    Door.Got bundle = door.get().get("/api/v1/receipts/" + receipt);
    if (bundle.status() != 200) {
      failed("receipt", bundle.status());
      return Optional.empty();
    }
    // The proof of the log grows with the log; what was signed may not change.
    JsonNode signed = bundle.json().path("envelope");
    history.add(
        new ReceiptRead(
            System.nanoTime(),
            debate,
            UUID.fromString(receipt),
            Sha256.of(CanonicalJson.bytes(signed)).hex()));
    return Optional.of(debate);
  }

  private Optional<Door> door() {
    return fleet.any().map(node -> new Door(node.url(), key));
  }

  private void failed(String what, int status) {
    history.add(new Failed(System.nanoTime(), what, status));
  }
}
