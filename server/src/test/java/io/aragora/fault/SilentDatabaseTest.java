package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.db.Database;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.line.FaultyLine;
import io.aragora.testing.line.LineFault;
import io.aragora.testing.line.Scope;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that says nothing any more, with the patience the server has by itself. */
class SilentDatabaseTest {
  @Test
  void isGivenUpWithinTenSeconds() {
    var line = new FaultyLine[1];
    try (var appliance =
        TestAppliance.through(
            database -> {
              line[0] = FaultyLine.to(database);
              return line[0].plainAddress();
            },
            Map.of("ARAGORA_DRAIN_SECONDS", "1"))) {
      TestClient client = appliance.client();
      line[0].spoil(1, LineFault.STALL, Scope.REQUESTS);
      long start = System.nanoTime();
      TestClient.Got got = client.get("/api/v1/debates");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(got.code()).isEqualTo("database_unavailable");
    }
    line[0].close();
  }

  @Test
  void endsTheTransactionOfANodeThatStopsInItsMiddle() {
    try (var database = Database.open(TestDatabase.shared().app(), 1)) {
      String limits =
          database
              .inSystemTransaction(
                  tx ->
                      tx.one(
                          """
                          select current_setting('statement_timeout') || ' '
                                 || current_setting('idle_in_transaction_session_timeout') as limits
                          """,
                          row -> row.text("limits")))
              .orElseThrow();
      assertThat(limits).isEqualTo("7s 4s");
    }
  }
}
