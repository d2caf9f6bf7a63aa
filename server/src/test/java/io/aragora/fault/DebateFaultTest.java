package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.TestClient.Got;
import io.aragora.testing.line.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A whole debate, from its opening to its receipt, with each of its round trips failing in turn.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebateFaultTest {
  private static final int IN_A_BUILD = 16;
  private static final int AT_ONCE = 6;
  private static final int ONE_IN = 100;

  private World world;
  private Invariants invariants;

  @BeforeAll
  void start() {
    world = new World(Map.of());
    invariants = new Invariants(world.superuser());
    world.ended();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void endsOnceWithOneReceiptWhicheverRoundTripFails() {
    int before = world.stub().count();
    int roundTrips = roundTrips();
    int calls = world.stub().count() - before;
    for (Shot shot : Shot.some(roundTrips, IN_A_BUILD)) {
      int asked = world.stub().count();
      world.line().spoil(shot.nth(), shot.fault(), Scope.ALL);
      UUID debate = open(UUID.randomUUID().toString());
      awaitEnd(debate);
      String what = "%s at round trip %s".formatted(shot, world.line().struck());
      assertThat(invariants.broken(debate)).as(what).isEmpty();
      assertThat(invariants.broken()).as(what).isEmpty();
      assertThat(world.stub().count() - asked).as("calls made, " + what).isEqualTo(calls);
      assertThat(twice()).as("call ids sent more than once, " + what).isEmpty();
    }
  }

  @Test
  void endsOnceInAStormOfFaults() {
    world.line().storm(ONE_IN, new Random(Shot.SEED));
    List<UUID> debates =
        IntStream.range(0, AT_ONCE).mapToObj(nth -> open(UUID.randomUUID().toString())).toList();
    debates.forEach(this::awaitEnd);
    assertThat(world.line().spoiled()).as("round trips spoiled").isGreaterThan(AT_ONCE / 2);
    world.line().count(Scope.ALL);
    debates.forEach(debate -> assertThat(invariants.broken(debate)).isEmpty());
    assertThat(invariants.broken()).isEmpty();
  }

  /** Nothing is lost when nobody rings: whoever waits looks by himself from time to time. */
  @Test
  void isSeenToItsEndAlthoughTheDoorbellKeepsBreaking() {
    world.stub().delaying(Duration.ofMillis(150));
    UUID debate = open(UUID.randomUUID().toString());
    var cuts = new AtomicLong();
    try (var cutter = Executors.newSingleThreadScheduledExecutor()) {
      cutter.scheduleAtFixedRate(
          () -> cuts.addAndGet(world.line().cutDoorbell()), 0, 100, TimeUnit.MILLISECONDS);
      List<Long> seen =
          world
              .client()
              .events(debate, 0)
              .filter(line -> line.startsWith("id: "))
              .map(line -> Long.parseLong(line.substring(4)))
              .toList();
      assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList());
      awaitEnd(debate);
      assertThat(invariants.broken(debate)).isEmpty();
      assertThat(cuts.get()).as("times the line of the doorbell was cut").isPositive();
    } finally {
      world.stub().delaying(Duration.ZERO);
    }
  }

  private Map<String, Integer> twice() {
    var calls = new HashMap<>(world.stub().calls());
    calls.values().removeIf(times -> times == 1);
    return calls;
  }

  private int roundTrips() {
    world.line().count(Scope.ALL);
    awaitEnd(open(UUID.randomUUID().toString()));
    return world.line().counted();
  }

  /** Opens a debate as a client does that tries again under the same key. */
  private UUID open(String key) {
    for (int attempt = 1; attempt <= 20; attempt++) {
      Got got =
          world
              .client()
              .post("/api/v1/debates", "{\"question\": \"Which way?\"}", "Idempotency-Key", key);
      if (got.status() == 202) {
        return UUID.fromString(got.json().path("id").asText());
      }
      assertThat(got.status()).as(got.text()).isIn(503, 507);
    }
    throw new AssertionError("the same request fails again and again");
  }

  private void awaitEnd(UUID debate) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> invariants.hasEnded(debate));
  }
}
