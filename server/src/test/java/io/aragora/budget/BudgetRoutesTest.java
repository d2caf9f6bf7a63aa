package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Permission;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import io.aragora.testing.RoutesServer;
import io.aragora.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetRoutesTest {
  private final TestDatabase test = TestDatabase.shared();
  private final WorkspaceId workspace = test.newWorkspace();
  private final Budgets budgets =
      new Budgets(
          test.database(),
          UUID::randomUUID,
          InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")),
          new Caps(Money.ofMicro(1_000), Money.ofMicro(400)));
  private final RoutesServer server = new RoutesServer(test, new BudgetRoutes(budgets));
  private final String key = server.key(workspace, EnumSet.allOf(Permission.class));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tellsWhatIsHeldSpentAndLeft() {
    spend(150);

    var answer = server.send(server.to("/api/v1/budget", key));

    assertThat(answer.headers().firstValue("ETag")).hasValue("\"0\"");
    assertThat(Json.tree(answer.body()))
        .isEqualTo(
            Json.tree(
                """
                {"period": "2026-11", "month_cap": 1000, "debate_cap": 400, "held": 250,
                 "spent": 150, "left": 600, "version": 0, "raised": 0,
                 "today": {"period": "2026-11-23", "cap": 1000, "held": 250, "spent": 150,
                           "left": 600}}
                """));
  }

  @Test
  void changesTheCapsOfWhoeverSawTheLastOnes() {
    var first = put("\"0\"", "{\"month_cap\": 0, \"debate_cap\": 0}");
    var late = put("\"0\"", "{\"month_cap\": 9, \"debate_cap\": 9}");
    var anyway = put("*", "{\"month_cap\": 7, \"debate_cap\": 7}");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(Json.tree(late.body()).path("code").asText()).isEqualTo("precondition_failed");
    assertThat(Json.tree(anyway.body()).path("month_cap").asLong()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|{\"month_cap\": 1, \"debate_cap\": 1}|400",
        "\"x\"|{\"month_cap\": 1, \"debate_cap\": 1}|400",
        "\"0\"|{\"month_cap\": -1, \"debate_cap\": 1}|422",
        "\"0\"|{\"month_cap\": 1.5, \"debate_cap\": 1}|422",
        "\"0\"|{\"month_cap\": 1000000000000001, \"debate_cap\": 1}|422",
        "\"0\"|{\"month_cap\": 1}|422",
        "\"0\"|{\"month_cap\": 1, \"debate_cap\": 1, \"day_cap\": -1}|422",
      })
  void refusesWhatIsNotACap(String tag, String body, int status) {
    assertThat(put(tag, body).statusCode()).isEqualTo(status);
    assertThat(budgets.summary(workspace).version()).isZero();
  }

  @Test
  void onlyWhoMayChangeCapsCan() {
    var reader = server.key(workspace, Set.of(Permission.READ_BUDGET));
    var answer =
        server.send(
            body(server.to("/api/v1/budget", reader), "{\"month_cap\":1,\"debate_cap\":1}"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(server.send(server.to("/api/v1/budget", reader)).statusCode()).isEqualTo(200);
  }

  @Test
  void listsTheLedgerInPages() {
    spend(1);
    spend(2);
    spend(3);

    var first = Json.tree(server.send(server.to("/api/v1/budget/ledger?limit=2", key)).body());
    var cursor = first.path("next_cursor").asText();
    var second =
        Json.tree(
            server.send(server.to("/api/v1/budget/ledger?limit=2&cursor=" + cursor, key)).body());

    assertThat(first.path("items")).hasSize(2);
    assertThat(first.at("/items/0/charged").asLong()).isEqualTo(3);
    assertThat(second.at("/items/0/charged").asLong()).isEqualTo(1);
    assertThat(second.has("next_cursor")).isFalse();
    assertThat(server.send(server.to("/api/v1/budget/ledger?cursor=zzz", key)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void addsTheLedgerUpAndRefusesWhatItCannotGroupBy() {
    spend(1);
    spend(2);

    var byModel = get("/api/v1/budget/ledger/summary?by=model&since=2026-11-01T00:00:00Z");
    assertThat(Json.tree(byModel.body()))
        .isEqualTo(
            Json.tree(
                """
                {"by": "model", "total": 3, "more": false, "items": [
                 {"key": "openai/gpt-x", "calls": 2, "tokens": {"input": 20, "output": 40},
                  "charged": 3, "excess": 0}]}
                """));
    assertThat(
            Json.tree(get("/api/v1/budget/ledger/summary?by=debate&limit=1").body()).path("more"))
        .hasToString("true");
    assertThat(get("/api/v1/budget/ledger/summary?by=colour").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/budget/ledger/summary?since=yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  void listsAlertsInPages() {
    budgets.setCaps(workspace, new Caps(Money.ofMicro(500), Money.ofMicro(400)));
    spend(400);

    var first = Json.tree(get("/api/v1/budget/alerts?limit=1").body());
    var second =
        Json.tree(
            get("/api/v1/budget/alerts?limit=1&cursor=" + first.path("next_cursor").asText())
                .body());

    assertThat(first.at("/items/0/percent").asInt()).isEqualTo(75);
    assertThat(second.at("/items/0/percent").asInt()).isEqualTo(50);
  }

  @Test
  void raisesTheCapsForAReasonAndATimeAndTakesItBack() {
    var made = raise(key, "{\"amount\": 9, \"reason\": \"audit\", \"expires_at\": \"%s\"}", 3600);
    String id = Json.tree(made.body()).path("id").asText();
    var path = "/api/v1/budget/overrides/" + id;

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(Json.tree(get("/api/v1/budget").body()).path("raised").asLong()).isEqualTo(9);
    assertThat(Json.tree(get("/api/v1/budget/overrides").body()).at("/items/0/reason").asText())
        .isEqualTo("audit");
    assertThat(server.send(server.to(path, key).DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.send(server.to(path, key).DELETE()).statusCode()).isEqualTo(204);
    assertThat(Json.tree(get("/api/v1/budget").body()).path("raised").asLong()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amount\": 0, \"reason\": \"x\", \"expires_at\": \"%s\"}|3600|422",
        "{\"amount\": 1, \"reason\": \"  \", \"expires_at\": \"%s\"}|3600|422",
        "{\"amount\": 1, \"expires_at\": \"%s\"}|3600|422",
        "{\"amount\": 1, \"reason\": \"x\"}|3600|422",
        "{\"amount\": 1, \"reason\": \"x\", \"expires_at\": \"%s\"}|-1|422",
        "{\"amount\": 1, \"reason\": \"x\", \"expires_at\": \"%s\"}|9999999|422",
      })
  void refusesAnOverrideWithoutAmountReasonOrEnd(String body, long seconds, int status) {
    assertThat(raise(key, body, seconds).statusCode()).isEqualTo(status);
    assertThat(budgets.summary(workspace).raised()).isEqualTo(Money.ZERO);
  }

  @Test
  void onlyWhoMayChangeCapsCanRaiseThem() {
    var reader = server.key(workspace, Set.of(Permission.READ_BUDGET));
    var body = "{\"amount\": 1, \"reason\": \"x\", \"expires_at\": \"%s\"}";

    assertThat(raise(reader, body, 60).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> get(String path) {
    return server.send(server.to(path, key));
  }

  private HttpResponse<String> raise(String as, String body, long seconds) {
    Instant ends = Instant.parse("2026-11-23T12:00:00Z").plusSeconds(seconds);
    return server.send(
        server
            .to("/api/v1/budget/overrides", as)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.formatted(ends))));
  }

  private void spend(long amount) {
    test.database()
        .doInTransaction(
            workspace,
            tx -> {
              var hold =
                  budgets.hold(
                      tx,
                      workspace,
                      new DebateId(UUID.randomUUID()),
                      Money.ofMicro(amount > 3 ? 400 : amount));
              budgets.settle(
                  tx,
                  ((Hold.Held) hold).reservation(),
                  new Charge(
                      UUID.randomUUID(),
                      1,
                      "openai",
                      "gpt-x",
                      new Tokens(10, 20),
                      Money.ofMicro(amount),
                      "prices-1",
                      Charge.Kind.CALL));
            });
  }

  private HttpResponse<String> put(String tag, String body) {
    return server.send(body(server.to("/api/v1/budget", key).header("If-Match", tag), body));
  }

  private static HttpRequest.Builder body(HttpRequest.Builder request, String body) {
    return request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
  }
}
