package io.aragora.fault;

import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.http.Cursor;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Got;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** One way to call each operation, afresh each time and repeatable as often as one likes. */
public final class Scenarios {
  /** Calls an operation; called again it sends the very same request. */
  @FunctionalInterface
  public interface Request {
    Got send(TestClient client);
  }

  private static final String BRIEF = "{\"question\": \"Which way?\"}";

  // Entries of an action that no scenario but its own adds to.
  private static final String AUDITED = "/api/v1/audit/%s?action=workspaces.create";

  private final World world;
  private final String entry;
  private final String debate;
  private final String receipt;
  private final byte[] bundle;
  private final SignInScenarios signIn;
  private final PeopleScenarios people;
  private final BudgetScenarios budgets;
  private final WorkspaceScenarios workspaces;
  private final UUID member;

  public Scenarios(World world) {
    this.world = world;
    world.client().attach("notes.txt", "Exports failed for two of five users.");
    var ended = world.ended();
    this.debate = "/api/v1/debates/" + ended.path("id").asText();
    this.receipt = "/api/v1/receipts/" + ended.path("receipt_id").asText();
    // The first makes a row, all others change it.
    world.client().put("/api/v1/audit/retention", "{\"days\": 40}");
    this.entry =
        "/api/v1/audit/entries/"
            + world
                .client()
                .get("/api/v1/audit/entries?limit=1")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
    this.member = world.newMember();
    this.bundle = world.client().get(receipt).raw().body();
    this.signIn = new SignInScenarios(world.appliance());
    this.people = new PeopleScenarios(world);
    this.budgets = new BudgetScenarios(world, people);
    this.workspaces = new WorkspaceScenarios(world);
  }

  /** A request of this operation with whatever must be there before; none for one unknown here. */
  public Optional<Request> of(String operation) {
    return Optional.ofNullable(changes().get(operation))
        .or(() -> Optional.ofNullable(workspaces.changes().get(operation)))
        .map(make -> make.apply(UUID.randomUUID().toString()))
        .or(() -> Optional.ofNullable(reads().get(operation)).map(Scenarios::get))
        .or(() -> people.read(operation))
        .or(() -> signIn.of(operation));
  }

  /** The parameter is new in each request: a key or something else that makes it the only one. */
  private Map<String, Function<String, Request>> changes() {
    var all = new HashMap<String, Function<String, Request>>();
    all.put(
        "debates.create",
        key -> client -> client.post("/api/v1/debates", BRIEF, "Idempotency-Key", key));
    all.put(
        "debates.estimate",
        key -> client -> client.post("/api/v1/debates/estimate", BRIEF, "Idempotency-Key", key));
    all.put("debates.cancel", key -> cancel("/api/v1/debates/" + world.open() + "/cancel", key));
    all.put("evidence.put", Scenarios::attach);
    all.put(
        "receipts.verify",
        key -> client -> client.send("POST", "/api/v1/receipts/verify", bundle, raw(key)));
    all.put("providers.set_key", Scenarios::pay);
    all.put("providers.remove_key", this::payNoMore);
    all.put("retention.set", key -> client -> client.put("/api/v1/audit/retention", days(key)));
    all.put("people.erase", key -> this.leave());
    all.put(
        "me.erase",
        key ->
            client ->
                client.post("/api/v1/me/erase", "{\"email\": \"a@b.c\"}", "Idempotency-Key", key));
    all.putAll(people.changes());
    all.putAll(budgets.changes());
    return all;
  }

  private Request leave() {
    String path = "/api/v1/members/" + world.newMember() + "/data";
    return client -> client.send("DELETE", path, null, List.of());
  }

  private static Request pay(String key) {
    return client -> client.put("/api/v1/providers/openai/key", "{\"key\": \"sk-" + key + "\"}");
  }

  private Request payNoMore(String key) {
    pay(key).send(world.client());
    return client -> client.send("DELETE", "/api/v1/providers/openai/key", null, List.of());
  }

  private Map<String, String> reads() {
    return Map.ofEntries(
        Map.entry("debates.list", "/api/v1/debates?limit=1"),
        Map.entry("debates.get", debate),
        Map.entry("debates.transcript", debate + "/transcript"),
        Map.entry("debates.events", debate + "/events"),
        Map.entry("evidence.list", "/api/v1/evidence?limit=1"),
        Map.entry("receipts.list", "/api/v1/receipts"),
        Map.entry("receipts.get", receipt),
        Map.entry("receipts.export", receipt + "/export?format=md"),
        Map.entry("budget.get", "/api/v1/budget"),
        Map.entry("budget.ledger", "/api/v1/budget/ledger"),
        Map.entry("budget.summary", "/api/v1/budget/ledger/summary"),
        Map.entry("budget.alerts", "/api/v1/budget/alerts"),
        Map.entry("budget.tree", "/api/v1/budget/tree"),
        Map.entry("budget.overrides", "/api/v1/budget/overrides"),
        Map.entry("workspaces.list", "/api/v1/workspaces"),
        Map.entry("workspace.get", "/api/v1/workspace"),
        Map.entry("members.list", "/api/v1/members?limit=2"),
        Map.entry("invites.list", "/api/v1/invites?limit=2"),
        Map.entry("models.list", "/api/v1/models"),
        Map.entry("providers.list", "/api/v1/providers"),
        Map.entry("me.get", "/api/v1/me"),
        Map.entry("keys.list", "/api/v1/keys?limit=1&cursor=" + longAgo()),
        Map.entry("me.export", "/api/v1/me/data"),
        Map.entry("people.export", "/api/v1/members/" + member + "/data"),
        Map.entry("system.get", "/api/v1/system"),
        Map.entry("audit.list", AUDITED.formatted("entries") + "&limit=1"),
        Map.entry("audit.get", entry),
        Map.entry("audit.export", AUDITED.formatted("export")),
        Map.entry("audit.verify", "/api/v1/audit/verify"),
        Map.entry("audit.checkpoint", "/api/v1/audit/checkpoint"),
        Map.entry("retention.get", "/api/v1/audit/retention"),
        Map.entry("log.checkpoint", "/log/checkpoint"),
        Map.entry("log.tile", "/log/tile/0/000"),
        Map.entry("log.tile_far", "/log/tile/0/000.p/1"),
        Map.entry("log.tile_farther", "/log/tile/0/x001/000.p/1"),
        Map.entry("keys.jwks", "/.well-known/jwks.json"),
        Map.entry("keys.decision", "/.well-known/decision-keys.json"),
        Map.entry("keys.odr", "/.well-known/aragora-odr-signing-key"),
        Map.entry("health.live", "/health/live"),
        Map.entry("health.started", "/health/started"),
        Map.entry("health.ready", "/health/ready"),
        Map.entry("health.live_alias", "/healthz"),
        Map.entry("health.ready_alias", "/readyz"),
        Map.entry("spec.json", "/openapi.json"),
        Map.entry("spec.yaml", "/openapi.yaml"));
  }

  /** Where no new caller's key is listed. */
  private static String longAgo() {
    return Cursor.encode("2001-01-01T00:00:00Z", new UUID(0, 0).toString());
  }

  private static Request get(String path) {
    return client -> client.get(path);
  }

  private static Request cancel(String path, String key) {
    return client -> client.send("POST", path, null, List.of("Idempotency-Key", key));
  }

  private static Request attach(String words) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    String path = "/api/v1/evidence/" + Sha256.of(bytes).hex() + "?name=a.txt";
    return client ->
        client.send("PUT", path, bytes, List.of("Content-Type", "application/octet-stream"));
  }

  private static List<String> raw(String key) {
    return Stream.of("Content-Type", "application/octet-stream", "Idempotency-Key", key).toList();
  }

  private static String days(String key) {
    return "{\"days\": %d}".formatted(3_000 + Math.floorMod(key.hashCode(), 30_000));
  }
}
