package io.aragora.debate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.db.Database;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MoneyScenarioTest {
  private static final String BRIEF =
      "{\"question\": \"Which of the three?\", \"options\": [{\"id\":\"a\",\"label\":\"A\"},"
          + "{\"id\":\"b\",\"label\":\"B\"}], \"max_rounds\": 0}";

  @Test
  void twoHundredDebatesAgainstACapForTwentyRunExactlyTwenty() throws Exception {
    try (var stub = new ModelStub().answering(PanelAnswers.agreeing())) {
      long bound;
      try (var probe = TestAppliance.start(priced(stub, "1000000000"))) {
        bound =
            probe.client().post("/api/v1/debates/estimate", BRIEF).json().path("bound").asLong();
      }
      assertThat(bound).isPositive();
      try (var appliance = TestAppliance.start(priced(stub, Long.toString(20 * bound)))) {
        TestClient client = appliance.client();
        Map<Integer, Integer> statuses = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
          var opened = new ArrayList<Future<Integer>>();
          for (int at = 0; at < 200; at++) {
            Callable<Integer> open = () -> client.post("/api/v1/debates", held(stub)).status();
            opened.add(threads.submit(open));
          }
          for (Future<Integer> each : opened) {
            statuses.merge(each.get(), 1, Integer::sum);
          }
        }
        assertThat(statuses).isEqualTo(Map.of(202, 20, 402, 180));
        JsonNode budget = client.get("/api/v1/budget").json();
        long committed = budget.path("held").asLong() + budget.path("spent").asLong();
        assertThat(committed).isLessThanOrEqualTo(20 * bound);
        stub.close();
      }
    }
  }

  @Test
  void aDebateThatLostItsJobGetsItBackBeforeItsMoneyKeepsOthersOut() {
    try (var stub =
        new ModelStub().answering(PanelAnswers.agreeing()).delaying(Duration.ofSeconds(30))) {
      long bound = bound(stub);
      try (var appliance = TestAppliance.start(priced(stub, Long.toString(bound)))) {
        TestClient client = appliance.client();
        String lost = client.post("/api/v1/debates", BRIEF).json().path("id").asText();
        Awaitility.await().until(() -> stub.count() == 3);
        stub.delaying(Duration.ZERO);
        appliance.restart(() -> loseAllJobs(appliance.database()));
        TestClient again = appliance.client();
        assertThat(again.post("/api/v1/debates", BRIEF).status()).isEqualTo(402);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isClosed(again, lost));
        assertThat(again.get("/api/v1/budget").json().path("held").asLong()).isZero();
      }
    }
  }

  @Test
  void aDebateThatLostItsJobIsFoundThoughNobodyAsksForAnother() {
    try (var stub =
            new ModelStub().answering(PanelAnswers.agreeing()).delaying(Duration.ofSeconds(30));
        var appliance = TestAppliance.start(priced(stub, "1000000000"))) {
      TestClient client = appliance.client();
      String lost = client.post("/api/v1/debates", BRIEF).json().path("id").asText();
      Awaitility.await().until(() -> stub.count() == 3);
      stub.delaying(Duration.ZERO);
      appliance.restart(
          () -> {
            loseAllJobs(appliance.database());
            timeHasCome(appliance.database());
          });
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> isClosed(appliance.client(), lost));
      assertThat(appliance.client().get("/api/v1/budget").json().path("held").asLong()).isZero();
      assertThat(nextLook(appliance.database())).isBetween(500L, 600L);
    }
  }

  private static boolean isClosed(TestClient client, String debate) {
    String state = client.get("/api/v1/debates/" + debate).json().path("state").asText();
    return state.equalsIgnoreCase("closed");
  }

  /** As if the ten minutes were over after which dead holds are looked for. */
  private static void timeHasCome(TestDatabase database) {
    database
        .database()
        .inSystemTransaction(
            tx ->
                tx.update(
                    """
                    update scheduled_tasks
                       set execution_time = now()
                     where task_name = 'debate.revive'
                    """));
  }

  /** In how many seconds they are looked for again. */
  private static long nextLook(TestDatabase database) {
    return database
        .database()
        .inSystemTransaction(
            tx ->
                tx.one(
                    """
                    select extract(epoch from execution_time - now())::bigint as seconds
                      from scheduled_tasks
                     where task_name = 'debate.revive'
                    """,
                    row -> row.number("seconds")))
        .orElseThrow();
  }

  private static long bound(ModelStub stub) {
    try (var probe = TestAppliance.start(priced(stub, "1000000000"))) {
      return probe.client().post("/api/v1/debates/estimate", BRIEF).json().path("bound").asLong();
    }
  }

  /**
   * As if somebody had cleared the table of jobs by hand, a while after the debates were opened.
   */
  private static void loseAllJobs(TestDatabase database) {
    try (var superuser = Database.open(database.superuser(), 1)) {
      int lost =
          superuser.inSystemTransaction(
              tx -> {
                tx.update("update reservation set created_at = created_at - interval '1 hour'");
                return tx.update("delete from scheduled_tasks where task_name = 'debate'");
              });
      assertThat(lost).isEqualTo(1);
    }
  }

  @Test
  void whatADebateDidNotSpendIsGivenBackWhenItEnds() {
    try (var stub = new ModelStub().answering(PanelAnswers.agreeing());
        var appliance = TestAppliance.start(priced(stub, "1000000000"))) {
      TestClient client = appliance.client();
      JsonNode debate = client.decide(BRIEF);
      assertThat(debate.path("state").asText()).isEqualToIgnoringCase("closed");
      JsonNode budget = client.get("/api/v1/budget").json();
      assertThat(budget.path("held").asLong()).isZero();
      assertThat(budget.path("spent").asLong()).isPositive();
      long ledger = 0;
      for (JsonNode entry : client.get("/api/v1/budget/ledger").json().path("items")) {
        ledger += entry.path("charged").asLong();
      }
      assertThat(ledger).isEqualTo(budget.path("spent").asLong());
    }
  }

  @Test
  void aCapOfZeroRefusesWhatHasAPriceAndLetsTheRehearsalRun() {
    try (var stub = new ModelStub().answering(PanelAnswers.agreeing());
        var appliance = TestAppliance.start(priced(stub, "0"))) {
      TestClient client = appliance.client();
      assertThat(client.post("/api/v1/debates", BRIEF).code()).isEqualTo("budget_exceeded");
      assertThat(
              client
                  .post(
                      "/api/v1/debates",
                      "{\"question\": \"Which?\", \"panel\": [{\"model\": \"rehearsal-1\"},"
                          + " {\"model\": \"rehearsal-2\"}]}")
                  .status())
          .isEqualTo(202);
    }
  }

  @Test
  void aCapThatPaysOnlyForTheBlindRoundStopsTheDebateWithAReceipt() {
    // Usage that nobody tells is charged at the bound, so the blind round takes what it may.
    try (var stub =
            new ModelStub()
                .answering(PanelAnswers.quarrelling())
                .misbehaving(ModelStub.Misbehaviour.NO_USAGE);
        var appliance = TestAppliance.start(priced(stub, "1000000000"))) {
      TestClient client = appliance.client();
      String question = "{\"question\": \"Which of the three?\", \"cap\": %d}";
      long blind =
          client
              .post("/api/v1/debates/estimate", question.formatted(1_000_000))
              .json()
              .path("blind_round")
              .asLong();
      JsonNode debate = client.decide(question.formatted(blind));
      assertThat(debate.path("outcome").asText()).isEqualTo("STOPPED_BUDGET");
      JsonNode cost =
          client
              .get("/api/v1/receipts/" + debate.path("receipt_id").asText())
              .json()
              .at("/statement/predicate/cost");
      assertThat(cost.path("spent_micro").asLong()).isBetween(1L, blind);
    }
  }

  @Test
  void aDebateThatRunsOutOfTimeEndsAsSuchWithAReceipt() {
    try (var stub =
            new ModelStub()
                .answering(PanelAnswers.agreeing())
                .misbehaving(ModelStub.Misbehaviour.SILENCE);
        var appliance = TestAppliance.start(priced(stub, "1000000000"))) {
      JsonNode debate =
          appliance.client().decide("{\"question\": \"When?\", \"deadline_seconds\": 10}");
      assertThat(debate.path("outcome").asText()).isEqualTo("STOPPED_DEADLINE");
      assertThat(debate.path("receipt_id").asText()).isNotEmpty();
    }
  }

  /** Answers stay away while the two hundred knock, so that nothing is given back in between. */
  private static String held(ModelStub stub) {
    stub.delaying(java.time.Duration.ofSeconds(20));
    return BRIEF;
  }

  private static Map<String, String> priced(ModelStub stub, String cap) {
    return Map.of(
        "ARAGORA_OPENAI_URL", stub.baseUrl().toString(),
        "ARAGORA_OPENAI_MODELS", "stub-1",
        "ARAGORA_OPENAI_INPUT_PRICE", "1000",
        "ARAGORA_OPENAI_OUTPUT_PRICE", "1000",
        "ARAGORA_EGRESS_ALLOW", stub.origin().toString(),
        "ARAGORA_MONTHLY_CAP", cap,
        "ARAGORA_DEBATE_CAP", "1000000",
        "ARAGORA_DRAIN_SECONDS", "1");
  }
}
