package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.http.Operation;
import io.aragora.testing.TestClient.Got;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be changed over HTTP leaves an entry in the audit log when it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryChangeIsAuditedTest {
  /** Operations that are no GET and change nothing, with the reason. */
  private static final Map<String, String> CHANGE_NOTHING =
      Map.of(
          "debates.estimate", "counts what a debate would cost and keeps nothing",
          "receipts.verify", "checks the file it is sent and keeps nothing");

  private World world;
  private Scenarios scenarios;

  @BeforeAll
  void start() {
    world = new World(Map.of());
    scenarios = new Scenarios(world);
    world.putJobsToSleep();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private List<Operation> changes() {
    return world.appliance().operations().stream()
        .filter(each -> !each.verb().equals("GET"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void leavesAnEntryOfItsOwn(Operation operation) {
    Scenarios.Request request =
        scenarios
            .of(operation.id())
            .orElseThrow(() -> new AssertionError("no scenario calls " + operation.id()));
    var client = world.appliance().newcomer(world.client());
    long before = entries();
    Got got = request.send(client);
    assertThat(got.status()).as(got.text()).isBetween(200, 299);
    if (CHANGE_NOTHING.containsKey(operation.id())) {
      assertThat(entries()).as(operation.id()).isEqualTo(before);
    } else {
      assertThat(entries()).as("%s leaves no audit entry", operation.id()).isGreaterThan(before);
    }
  }

  @Test
  void theListOfExceptionsNamesOperationsThatExist() {
    assertThat(changes()).extracting(Operation::id).containsAll(CHANGE_NOTHING.keySet());
  }

  private long entries() {
    return world
        .superuser()
        .inSystemTransaction(
            tx ->
                tx.one("select count(*) as entries from audit_entry", row -> row.number("entries")))
        .orElseThrow();
  }
}
