package io.aragora.fault;

import io.aragora.fault.Scenarios.Request;
import io.aragora.testing.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** One way to call each operation about workspaces, members and invites, afresh each time. */
final class WorkspaceScenarios {
  private static final String UNKNOWN = "0".repeat(64);

  private final World world;
  private final TestClient small;

  WorkspaceScenarios(World world) {
    this.world = world;
    this.small = world.appliance().settler(world.client());
  }

  Map<String, Function<String, Request>> changes() {
    return Map.ofEntries(
        Map.entry("workspaces.create", key -> post("/api/v1/workspaces", "{\"name\": \"x\"}", key)),
        Map.entry(
            "workspace.rename",
            key -> client -> client.put("/api/v1/workspace", "{\"name\": \"" + key + "\"}")),
        Map.entry("workspace.export", key -> client -> export()),
        Map.entry("workspace.delete", key -> delete()),
        Map.entry("workspace.keep", this::keep),
        Map.entry(
            "workspace.transfer",
            key ->
                post("/api/v1/workspace/transfer", "{\"account_id\": \"" + member() + "\"}", key)),
        Map.entry("workspace.leave", key -> post("/api/v1/workspace/leave", null, key)),
        Map.entry("members.change", key -> change("/api/v1/members/" + member())),
        Map.entry("members.remove", key -> remove("/api/v1/members/" + member())),
        Map.entry("invites.create", key -> post("/api/v1/invites", "{\"role\": \"viewer\"}", key)),
        Map.entry(
            "invites.resend",
            key ->
                post(
                    "/api/v1/invites/" + invite().at("/invite/id").asText() + "/resend",
                    null,
                    key)),
        Map.entry(
            "invites.revoke",
            key -> remove("/api/v1/invites/" + invite().at("/invite/id").asText())),
        Map.entry(
            "invites.look",
            key -> post("/api/v1/invites/look", token(invite().path("token").asText()), key)),
        Map.entry("invites.join", key -> post("/api/v1/invites/join", token(UNKNOWN), key)),
        Map.entry("invites.accept", key -> post("/api/v1/invites/accept", stranger(key), key)),
        Map.entry("setup.redeem", key -> post("/api/v1/setup", stranger(key), key)));
  }

  private static Request post(
      String path, @org.jspecify.annotations.Nullable String json, String key) {
    return client ->
        json == null
            ? client.send("POST", path, null, List.of("Idempotency-Key", key))
            : client.post(path, json, "Idempotency-Key", key);
  }

  private static Request change(String path) {
    return client -> client.put(path, "{\"role\": \"member\"}");
  }

  private static Request remove(String path) {
    return client -> client.send("DELETE", path, null, List.of());
  }

  /** Of a small workspace: that of the others grows, and each round trip is made to fail once. */
  private TestClient.Got export() {
    return small.getAsFarAsItComes("/api/v1/workspace/export");
  }

  /** In a workspace of its own: in that of the others nothing could be changed any more. */
  private Request delete() {
    TestClient settler = world.appliance().settler(world.client());
    return client -> settler.send("DELETE", "/api/v1/workspace", null, List.of());
  }

  private Request keep(String key) {
    TestClient settler = world.appliance().settler(world.client());
    settler.send("DELETE", "/api/v1/workspace", null, List.of());
    return client -> post("/api/v1/workspace/keep", null, key).send(settler);
  }

  private com.fasterxml.jackson.databind.JsonNode invite() {
    return world.client().post("/api/v1/invites", "{\"role\": \"viewer\"}").json();
  }

  private static String token(String token) {
    return "{\"token\": \"" + token + "\"}";
  }

  private static String stranger(String key) {
    return """
        {"token": "%s", "email": "p%s@example.org", "name": "Nora",
         "password": "seven grey otters swim at dawn"}
        """
        .formatted(UNKNOWN, key);
  }

  /** A new viewer of the world's workspace. */
  private UUID member() {
    UUID account = UUID.randomUUID();
    UUID workspace = world.workspace().value();
    world
        .superuser()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    insert into account
                           (account_id, email, email_key, name, status, is_operator, created_at)
                    values (?, ?, ?, 'Nora', 'ACTIVE', false, now())
                    """,
                    account,
                    account + "@example.org",
                    account + "@example.org"));
    world
        .superuser()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    insert into member (workspace_id, account_id, role, status, joined_at)
                    values (?, ?, 'viewer', 'ACTIVE', now())
                    """,
                    workspace,
                    account));
    return account;
  }
}
