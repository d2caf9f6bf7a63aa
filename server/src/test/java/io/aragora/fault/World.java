package io.aragora.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.db.Database;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.line.FaultyLine;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A server behind a faulty line, with models that cost money and a debate that has ended. */
final class World implements AutoCloseable {
  private final ModelStub stub = new ModelStub().answering(PanelAnswers.quarrelling());
  private final FaultyLine[] line = new FaultyLine[1];
  private final TestAppliance appliance;
  private final Database superuser;
  private final Tables tables;
  private final TestClient client;

  World(Map<String, String> more) {
    var environment = new HashMap<>(settings(stub));
    environment.putAll(more);
    this.appliance =
        TestAppliance.through(
            database -> {
              line[0] = FaultyLine.to(database);
              return line[0].address();
            },
            environment);
    this.superuser = Database.open(appliance.database().superuser(), 2);
    this.tables = new Tables(superuser);
    this.client = appliance.client();
    must(client.put("/api/v1/budget", "{\"month_cap\": 900000000000, \"debate_cap\": 900000000}"));
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
    return line[0];
  }

  TestAppliance appliance() {
    return appliance;
  }

  TestClient client() {
    return client;
  }

  Database superuser() {
    return superuser;
  }

  Tables tables() {
    return tables;
  }

  /** Plays a debate to its end. */
  JsonNode ended() {
    return client().decide("{\"question\": \"Which way?\", \"max_rounds\": 0}");
  }

  /** Opens a debate. */
  UUID open() {
    TestClient.Got opened = client().post("/api/v1/debates", "{\"question\": \"Which way?\"}");
    must(opened);
    return UUID.fromString(opened.json().path("id").asText());
  }

  /** From now on new jobs wait for another century, so that only requests change anything. */
  void putJobsToSleep() {
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
  }

  @Override
  public void close() {
    line[0].count(io.aragora.testing.line.Scope.ALL);
    appliance.close();
    line[0].close();
    superuser.close();
    stub.close();
  }

  private static void must(TestClient.Got got) {
    if (got.status() >= 300) {
      throw new IllegalStateException(got.status() + " " + got.text());
    }
  }
}
