package io.aragora.system.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a second node is told when it does not fit the database of the first. */
final class SecondNodeTest {
  private static final InstantSource SYSTEM = InstantSource.system();

  private final TestAppliance first = TestAppliance.start();

  @AfterEach
  void stop() {
    first.close();
  }

  @Test
  void aNodeWithACopyOfTheKeysIsReady() {
    try (var second = first.another()) {
      assertThat(second.client().get("/readyz").status()).isEqualTo(200);
      assertThat(second.client().get("/.well-known/decision-keys.json").text())
          .isEqualTo(first.client().get("/.well-known/decision-keys.json").text());
    }
  }

  @Test
  void aNodeWithoutKeysIsRefusedAndMakesNone() {
    Path folder = TestAppliance.newFolder();

    assertThatThrownBy(() -> first.another(folder, Map.of(), SYSTEM))
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("copy the keys folder of the first node there");
    assertThat(folder.resolve("keys")).doesNotExist();
  }

  @Test
  void aNodeWithKeysOfItsOwnIsRefusedAndTheLogStaysOpen() {
    Path folder;
    try (var stranger = TestAppliance.start()) {
      folder = stranger.dataDir();
    }

    assertThatThrownBy(() -> first.another(folder, Map.of(), SYSTEM))
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("this node lacks the key ")
        .hasMessageContaining("an exact copy of the first node's keys folder");
    assertThat(first.client().get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void aNodeWithAKeyTooManyIsRefused() throws Exception {
    Path folder = TestAppliance.withKeysOf(first.dataDir());
    try (var stranger = TestAppliance.start()) {
      try (var files = Files.list(stranger.dataDir().resolve("keys"))) {
        for (Path each : files.filter(file -> file.toString().contains("receipt-")).toList()) {
          Files.copy(each, folder.resolve("keys").resolve(each.getFileName()));
        }
      }
    }

    assertThatThrownBy(() -> first.another(folder, Map.of(), SYSTEM))
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("a key the others do not know");
  }

  @Test
  void aNodeOlderThanTheSchemaIsRefused() {
    pretend(
        "insert into flyway_schema_history values (9999, '9999', 'later', 'SQL', 'x', 0, 'x', now(), 1, true)");

    assertThatThrownBy(first::another)
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("schema is at 9999, this version knows only")
        .hasMessageContaining("start the newer version");
  }

  @Test
  void aNodeOlderThanTheSchemaJoinsWhenTheOperatorVouchesForIt() throws Exception {
    pretend(
        "insert into flyway_schema_history values (9999, '9999', 'later', 'SQL', 'x', 0, 'x', now(), 1, true)");
    Path folder = TestAppliance.withKeysOf(first.dataDir());

    try (var old = first.another(folder, Map.of("ARAGORA_SCHEMA_AHEAD", "9999"), SYSTEM)) {
      assertThat(old.client().get("/readyz").status()).isEqualTo(200);
    }
    assertThatThrownBy(() -> first.another(folder, Map.of("ARAGORA_SCHEMA_AHEAD", "9998"), SYSTEM))
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("schema is at 9999, this version knows only");
  }

  @Test
  void aRunningNodeStaysReadyWhileTheSchemaMovesOn() {
    pretend(
        "insert into flyway_schema_history values (9999, '9999', 'later', 'SQL', 'x', 0, 'x', now(), 1, true)");

    assertThat(first.client().get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void aNodeNewerThanTheSchemaIsRefused() {
    pretend("delete from flyway_schema_history where version > '0010'");

    assertThatThrownBy(first::another)
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("schema is at 0010, this version needs")
        .hasMessageContaining("run \"aragora migrate\" of this version once");
  }

  @Test
  void aNodeWithoutFreeDiskIsRefused() {
    var greedy = Map.of("ARAGORA_MIN_FREE_DISK_MB", "1000000");

    assertThatThrownBy(
            () -> first.another(TestAppliance.withKeysOf(first.dataDir()), greedy, SYSTEM))
        .isInstanceOf(NodeFault.class)
        .hasMessageContaining("free space, or lower ARAGORA_MIN_FREE_DISK_MB");
  }

  @Test
  void aNodeWhoseClockIsFarOffIsNotReadyUntilItIsSetRight() {
    var skew = new AtomicReference<>(Duration.ofSeconds(75));
    InstantSource clock = () -> Instant.now().plus(skew.get());
    try (var second = first.another(TestAppliance.withKeysOf(first.dataDir()), Map.of(), clock)) {
      TestClient.Got off = second.client().get("/readyz");
      assertThat(off.status()).isEqualTo(503);
      assertThat(off.text()).containsPattern("clock is 7[45] s ahead of the database's: set it");

      skew.set(Duration.ofSeconds(20));
      assertThat(second.client().get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void aDatabaseThatGoesIsA503AndItsReturnHealsByItself() {
    var client = first.client();
    String name = first.database().app().url().replaceAll(".*/", "");
    pretendElsewhere("alter database " + name + " allow_connections false");
    pretendElsewhere(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.get("/api/v1/debates").status() == 503);
    TestClient.Got gone = client.get("/api/v1/debates");
    assertThat(gone.code()).isEqualTo("database_unavailable");
    assertThat(gone.raw().headers().firstValue("Retry-After")).contains("2");

    pretendElsewhere("alter database " + name + " allow_connections true");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> client.get("/readyz").status() == 200);
    assertThat(client.decide("{\"question\": \"Back?\"}").path("state").asText())
        .isEqualTo("CLOSED");
  }

  private void pretend(String sql) {
    run(first.database().superuser(), sql);
  }

  private static void pretendElsewhere(String sql) {
    run(io.aragora.testing.TestDatabase.shared().superuser(), sql);
  }

  private static void run(io.aragora.platform.db.DatabaseAddress address, String sql) {
    try (var connection =
            java.sql.DriverManager.getConnection(
                address.url(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException bad) {
      throw new IllegalStateException(sql, bad);
    }
  }
}
