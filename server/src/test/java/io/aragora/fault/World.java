package io.aragora.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Permission;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestPerson;
import io.aragora.testing.line.FaultyLine;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server behind a faulty line, with models that cost money and a debate that has ended. */
public final class World implements AutoCloseable {
  private final ModelStub stub;
  private final @Nullable FaultyLine line;
  private final TestAppliance appliance;
  private final Database superuser;
  private final Tables tables;
  private final WorkspaceId workspace;
  private final TestClient client;

  World(Map<String, String> more) {
    this(new ModelStub().answering(PanelAnswers.quarrelling()), new FaultyLine[1], more);
  }

  private World(ModelStub stub, FaultyLine[] line, Map<String, String> more) {
    this(
        stub,
        TestAppliance.through(
            database -> {
              line[0] = FaultyLine.to(database);
              return line[0].address();
            },
            all(stub, more)),
        line[0]);
  }

  private World(ModelStub stub, TestAppliance appliance, @Nullable FaultyLine line) {
    this(stub, appliance, line, appliance.key().workspace(), appliance.client());
  }

  private World(
      ModelStub stub,
      TestAppliance appliance,
      @Nullable FaultyLine line,
      WorkspaceId workspace,
      TestClient client) {
    this.stub = stub;
    this.line = line;
    this.appliance = appliance;
    this.superuser = Database.open(appliance.database().superuser(), 2);
    this.tables = new Tables(superuser);
    this.workspace = workspace;
    this.client = client;
    must(client.put("/api/v1/budget", "{\"month_cap\": 900000000000, \"debate_cap\": 900000000}"));
  }

  /** With a line that never fails, and a server started in this way. */
  public static World whole(TestAppliance.Starter starter) {
    var stub = new ModelStub().answering(PanelAnswers.quarrelling());
    return new World(stub, TestAppliance.startedBy(starter, all(stub, Map.of())), null);
  }

  /** Another workspace of the same appliance; close it before this one. */
  public World neighbour() {
    WorkspaceId fresh = appliance.database().newWorkspace();
    var all = EnumSet.allOf(Permission.class);
    return new World(stub, appliance, null, fresh, appliance.clientIn(fresh, all));
  }

  private static Map<String, String> all(ModelStub stub, Map<String, String> more) {
    var environment = new HashMap<>(settings(stub));
    environment.putAll(more);
    return environment;
  }

  private static Map<String, String> settings(ModelStub stub) {
    return Map.of(
        "ARAGORA_OPENAI_URL", stub.baseUrl().toString(),
        "ARAGORA_OPENAI_MODELS", "stub-1",
        "ARAGORA_OPENAI_INPUT_PRICE", "1000",
        "ARAGORA_OPENAI_OUTPUT_PRICE", "1000",
        "ARAGORA_EGRESS_ALLOW", stub.origin().toString(),
        "ARAGORA_REHEARSAL", "off",
        "ARAGORA_DRAIN_SECONDS", "1");
  }

  ModelStub stub() {
    return stub;
  }

  FaultyLine line() {
    return Objects.requireNonNull(line, "this world has a line that never fails");
  }

  public TestAppliance appliance() {
    return appliance;
  }

  public WorkspaceId workspace() {
    return workspace;
  }

  public TestClient client() {
    return client;
  }

  Database superuser() {
    return superuser;
  }

  Tables tables() {
    return tables;
  }

  /** Plays a debate to its end. */
  public JsonNode ended() {
    return client().decide("{\"question\": \"Which way?\", \"max_rounds\": 0}");
  }

  /** Opens a debate. */
  public UUID open() {
    TestClient.Got opened = client().post("/api/v1/debates", "{\"question\": \"Which way?\"}");
    must(opened);
    return UUID.fromString(opened.json().path("id").asText());
  }

  /** A person who is a member. */
  UUID newMember() {
    return TestPerson.member(appliance.database().database(), workspace, "member").value();
  }

  /** From now on jobs wait for another century, so that only requests change anything. */
  public void putJobsToSleep() {
    superuser.inSystemTransaction(
        tx ->
            tx.update(
                """
                create function sleep_long() returns trigger language plpgsql
                    as $$ begin new.execution_time := '2100-01-01'; return new; end $$
                """));
    superuser.inSystemTransaction(
        tx ->
            tx.update(
                """
                create trigger sleep_long before insert on scheduled_tasks
                   for each row execute function sleep_long()
                """));
    superuser.inSystemTransaction(
        tx ->
            tx.update("update scheduled_tasks set execution_time = '2100-01-01' where not picked"));
  }

  @Override
  public void close() {
    superuser.close();
    if (!workspace.equals(appliance.key().workspace())) {
      return;
    }
    Optional.ofNullable(line).ifPresent(each -> each.count(io.aragora.testing.line.Scope.ALL));
    appliance.close();
    Optional.ofNullable(line).ifPresent(FaultyLine::close);
    stub.close();
  }

  private static void must(TestClient.Got got) {
    if (got.status() >= 300) {
      throw new IllegalStateException(got.status() + " " + got.text());
    }
  }
}
