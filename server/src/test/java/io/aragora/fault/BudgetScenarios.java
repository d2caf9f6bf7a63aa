package io.aragora.fault;

import io.aragora.fault.Scenarios.Request;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.TestPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** One way to call each operation that changes what may be spent. */
final class BudgetScenarios {
  private static final String PARENT = "/api/v1/budget/parent";

  private final World world;
  private final PeopleScenarios people;

  BudgetScenarios(World world, PeopleScenarios people) {
    this.world = world;
    this.people = people;
  }

  Map<String, Function<String, Request>> changes() {
    return Map.of(
        "budget.set", key -> client -> client.put("/api/v1/budget", caps(key)),
        "budget.raise", this::raise,
        "budget.revoke", this::revoke,
        "budget.place", key -> place(),
        "budget.detach", key -> detach());
  }

  private Request raise(String key) {
    endOverrides();
    String wish =
        "{\"amount\": 1000, \"reason\": \"a busy week\", \"expires_at\": \"%s\"}"
            .formatted(Instant.now().plus(Duration.ofDays(1)));
    return client -> client.post("/api/v1/budget/overrides", wish, "Idempotency-Key", key);
  }

  private Request revoke(String key) {
    String id = raise(key).send(world.client()).json().path("id").asText();
    return client -> client.send("DELETE", "/api/v1/budget/overrides/" + id, null, List.of());
  }

  /** Only so many may run at once. */
  private void endOverrides() {
    var all = world.client().get("/api/v1/budget/overrides?limit=50").json().path("items");
    for (var each : all) {
      if (!each.hasNonNull("revoked_at")) {
        String path = "/api/v1/budget/overrides/" + each.path("id").asText();
        world.client().send("DELETE", path, null, List.of());
      }
    }
  }

  private static String caps(String key) {
    long odd = 900_000_000_000L + Math.floorMod(key.hashCode(), 1_000_000);
    return "{\"month_cap\": %d, \"debate_cap\": 900000000}".formatted(odd);
  }

  /** In workspaces of their own: that of the others stands under nobody. */
  private Request place() {
    var family = new Family();
    return people.at(family.team, family.operator, "PUT", PARENT, family.wish());
  }

  private Request detach() {
    var family = new Family();
    people.at(family.team, family.operator, "PUT", PARENT, family.wish()).send(world.client());
    return people.at(family.team, family.operator, "DELETE", PARENT, "");
  }

  /** A firm, a team, and who may put one under the other. */
  private final class Family {
    private final TestDatabase test = world.appliance().database();
    private final Database database = test.database();
    private final WorkspaceId firm = test.newWorkspace();
    private final WorkspaceId team = test.newWorkspace();
    private final AccountId operator =
        TestPerson.operator(database, UUID.randomUUID() + "@example.org");

    Family() {
      TestPerson.join(database, firm, operator, "admin");
      TestPerson.join(database, team, operator, "admin");
    }

    String wish() {
      return "{\"workspace_id\": \"%s\"}".formatted(firm);
    }
  }
}
