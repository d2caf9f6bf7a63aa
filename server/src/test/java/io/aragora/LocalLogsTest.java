package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.cli.Cli;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestAppliance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is signed is verified without a server, and the logs go on after a restore that lost some.
 */
final class LocalLogsTest {
  private static final String QUESTION =
      """
      {"question": "Which one?",
       "options": [{"id": "a", "label": "The first"}, {"id": "b", "label": "The second"}]}""";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestAppliance appliance;

  @TempDir private Path folder;

  @BeforeEach
  void decideTwice() {
    appliance = TestAppliance.start();
    appliance.client().decide(QUESTION);
    appliance.client().decide(QUESTION);
  }

  @AfterEach
  void stop() {
    appliance.close();
  }

  @Test
  void everyReceiptOfACopyIsVerified() throws Exception {
    // Audit entries are put into their tree a moment after they are written.
    Awaitility.await()
        .untilAsserted(
            () -> {
              out.reset();
              assertThat(verify()).isZero();
              assertThat(said().path("audit").path("entries").asInt()).isPositive();
            });
    JsonNode verdict = said();
    assertThat(verdict.path("receipts").path("receipts").asInt()).isEqualTo(2);
    assertThat(verdict.path("log").path("leaves").asInt()).isEqualTo(2);
  }

  @Test
  void aReceiptThatWasChangedIsNamed() throws Exception {
    superuser(
        "update receipt set envelope = convert_to(replace(convert_from(envelope, 'utf8'),"
            + " '\"sig\":\"', '\"sig\":\"AA'), 'utf8') where height = 1");
    assertThat(verify()).isEqualTo(1);
    assertThat(said().path("receipts").path("first_broken").asText()).startsWith("receipt ");
  }

  @Test
  void aReceiptThatIsGoneIsMissed() throws Exception {
    superuser("delete from receipt_disclosure");
    superuser("delete from receipt where height = 1");
    assertThat(verify()).isEqualTo(1);
    assertThat(said().path("receipts").path("first_broken").asText())
        .startsWith("receipt 1 of workspace")
        .endsWith("is gone");
  }

  @Test
  void aLeafThatWasChangedIsNamed() throws Exception {
    waitForHead();
    superuser("update log_leaf set entry = entry || '\\x20'::bytea where leaf_index = 0");
    assertThat(verify()).isEqualTo(1);
    assertThat(said().path("log").path("first_broken").asText())
        .endsWith("leaf 0 is not the one that was written");
  }

  @Test
  void afterARestoreThatLostTheNewestBothLogsGoOnAndVerify() throws Exception {
    waitForHead();
    appliance.restart(this::loseTheSecond);
    assertThat(appliance.client().post("/api/v1/debates", QUESTION, "Prefer", "wait=5").status())
        .as("no receipt can be issued")
        .isNotEqualTo(200);
    assertThat(run("", "log", "reopen")).isZero();
    assertThat(text()).contains("/2: the last signed head has 2 leaves, the database only 1");
    assertThat(run("", "log", "reopen")).isZero();
    assertThat(text()).contains("nothing to accept");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(appliance.client().decide(QUESTION).path("receipt_id")).isNotNull());
    // The log signs its next head a moment after the leaves it covers.
    Awaitility.await()
        .untilAsserted(
            () -> {
              out.reset();
              assertThat(verify()).as(text()).isZero();
            });
  }

  @Test
  void aSuccessorTakesANumberThatNoLifeOfTheLogHad() {
    assertThat(LocalLogs.successor("a/b", Stream.of("a/b"), Optional.empty())).isEqualTo("a/b/2");
    assertThat(LocalLogs.successor("a/b", Stream.of("a/b"), Optional.of("a/b/4")))
        .isEqualTo("a/b/5");
    assertThat(LocalLogs.successor("a/b", Stream.of("a/b/2"), Optional.of("a/b/x")))
        .isEqualTo("a/b/3");
  }

  @Test
  void refusesWhatIsNoListOfWorkspaces() throws Exception {
    assertThat(run("not-an-id", "log", "verify", "--workspaces", "LIST")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("not an id of a workspace");
  }

  private void waitForHead() {
    Awaitility.await()
        .until(
            () ->
                run(workspace(), "log", "verify", "--workspaces", "LIST", "--json") == 0
                    && said().path("log").path("waiting").asInt() == 0);
  }

  /** As a restore to a moment between the two receipts does. */
  private void loseTheSecond() {
    superuser(
        "delete from receipt_disclosure using receipt where receipt.height = 2 and receipt.receipt_id = receipt_disclosure.receipt_id");
    superuser("delete from receipt where height = 2");
    superuser(
        "update receipt_chain set height = 1, head_sha256 = (select payload_sha256 from receipt)");
    superuser("delete from log_checkpoint where tree_size > 1");
    superuser("delete from log_leaf where leaf_index > 0");
    superuser("update log_origin set size = 1");
  }

  private int verify() throws Exception {
    return run(workspace(), "log", "verify", "--workspaces", "LIST", "--json");
  }

  private String workspace() {
    return appliance.key().workspace().toString();
  }

  private JsonNode said() {
    return Json.tree(text());
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void superuser(String sql) {
    try (var database = Database.open(appliance.database().superuser(), 1)) {
      database.inSystemTransaction(tx -> tx.update(sql));
    }
  }

  private int run(String input, String... words) throws Exception {
    Path list = Files.writeString(folder.resolve("list"), input);
    Path password =
        Files.writeString(folder.resolve("password"), appliance.database().app().password());
    Map<String, String> environment =
        Map.of(
            "ARAGORA_DATABASE_URL", appliance.database().app().url(),
            "ARAGORA_DATABASE_USER", appliance.database().app().user(),
            "ARAGORA_DATABASE_PASSWORD_FILE", password.toString(),
            "ARAGORA_DATA_DIR", appliance.dataDir().toString());
    out.reset();
    for (int at = 0; at < words.length; at++) {
      words[at] = words[at].equals("LIST") ? list.toString() : words[at];
    }
    return new Cli(
            new LocalServing(InstantSource.system()),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }
}
