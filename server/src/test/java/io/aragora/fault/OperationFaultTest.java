package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.http.Operation;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import io.aragora.testing.line.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation, with each of its round trips to the database failing in turn: it does all it was
 * asked or nothing, says which in a documented way, and comes to the same end when asked again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationFaultTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Answers that tell how things stand just then. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("system.get", "audit.get", "audit.verify", "audit.checkpoint");

  private final Shots shots = new Shots();
  private World world;
  private Scenarios scenarios;
  private int hits;

  @BeforeAll
  void start() {
    world = new World(Map.of());
    scenarios = new Scenarios(world);
    world.putJobsToSleep();
  }

  @AfterAll
  void stop() {
    System.out.printf("faults: %d round trips of operations failed, one at a time%n", hits);
    world.close();
  }

  /** An operation without a scenario is one nobody has thought through. */
  private List<Operation> operations() {
    return world.appliance().operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void doesAllOrNothingWhicheverRoundTripFails(Operation operation) {
    String id = operation.id();
    boolean isRead = operation.verb().equals("GET");
    assertThat(new Played(id).send().status()).as(id).isLessThan(500);
    Whole whole = learn(id);
    for (Shot shot : shots.at(operation, whole.trips())) {
      Got got = hit(id, whole, shot);
      // Every problem has a trace_id of its own.
      boolean isSame = got.status() == whole.status() && whole.status() < 300;
      if (isRead && isSame && !OF_THE_MOMENT.contains(id)) {
        assertThat(stable(whole.text())).as("%s %s", id, shot).startsWith(stable(got.text()));
      }
    }
  }

  /** What an operation does when nothing fails. */
  private record Whole(int status, String text, Map<String, Long> effect, List<String> trips) {}

  private Whole learn(String operation) {
    var before = new Played(operation);
    world.line().listen(Scope.REQUESTS);
    Got got = before.send();
    List<String> trips = world.line().heard();
    return new Whole(got.status(), got.text(), before.effect(), trips);
  }

  private Got hit(String operation, Whole whole, Shot shot) {
    hits++;
    var played = new Played(operation);
    long start = System.nanoTime();
    world.line().spoil(shot.nth(), shot.fault(), Scope.REQUESTS);
    Got got = played.send();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String what =
        "%s, %s at round trip %d of %d (%s), answered %d %s"
            .formatted(
                operation,
                shot.fault(),
                shot.nth(),
                whole.trips().size(),
                world.line().struck().replaceAll("\\s+", " "),
                got.status(),
                got.status() == whole.status() ? "" : got.text());
    world.line().count(Scope.REQUESTS);
    assertThat(took).as(what).isLessThan(LONGEST);
    if (got.status() == whole.status()) {
      assertThat(played.effect()).as(what).isEqualTo(whole.effect());
    } else {
      assertProblem(operation, got, what);
      assertThat(played.effect()).as(what).isIn(Map.of(), whole.effect());
    }
    Got again = played.send();
    assertThat(again.status())
        .as("again after %s: %s", what, again.text())
        .isEqualTo(whole.status());
    assertThat(played.effect()).as("again after " + what).isEqualTo(whole.effect());
    return got;
  }

  private boolean isRead(String id) {
    return operations().stream()
        .anyMatch(each -> each.id().equals(id) && each.verb().equals("GET"));
  }

  /** Without what differs each time the same thing is told. */
  private static String stable(String text) {
    return text.replaceAll("\"(trace_id|exported_at)\":\"[^\"]*\"", "");
  }

  private static void assertProblem(String operation, Got got, String what) {
    assertThat(got.status()).as(what).isIn(503, 507);
    if (!operation.startsWith("health.")) {
      assertThat(got.code()).as(what).isIn("database_unavailable", "storage_full");
      assertThat(got.json().path("retryable").asBoolean()).as(what).isTrue();
      assertThat(got.raw().headers().firstValue("Retry-After")).as(what).isPresent();
    }
  }

  /** One request with everything that must be there before, and the tables as it found them. */
  private final class Played {
    private final Scenarios.Request request;
    private final TestClient client;
    private final Tables.Snapshot before;
    private final boolean isRead;

    Played(String operation) {
      isRead = isRead(operation);
      request =
          scenarios
              .of(operation)
              .orElseThrow(
                  () -> new AssertionError("no scenario calls " + operation + ": add one"));
      client = world.appliance().newcomer(world.client());
      before = world.tables().look();
    }

    Got send() {
      return request.send(client);
    }

    /** A read that is worth a note is noted each time it is asked for. */
    Map<String, Long> effect() {
      var effect = new TreeMap<>(world.tables().look().since(before));
      if (isRead) {
        effect.keySet().removeIf(table -> table.startsWith("audit_"));
      }
      return effect;
    }
  }
}
