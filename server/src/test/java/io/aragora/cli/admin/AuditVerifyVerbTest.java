package io.aragora.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.audit.AuditFixture;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole appliance's audit log, checked without a server. */
final class AuditVerifyVerbTest {
  private static TestDatabase test;

  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private AuditFixture on;

  @BeforeAll
  static void makeDatabase() {
    test = TestDatabase.own();
  }

  @AfterAll
  static void dropDatabase() {
    test.database().close();
  }

  @BeforeEach
  void fill() {
    on = new AuditFixture(test, data);
    on.append(7);
    on.tree.publish();
  }

  @AfterEach
  void stop() {
    on.close();
  }

  @Test
  void endsWithZeroWhereTheLogIsWhole() throws Exception {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("the audit log is whole: 7 entries");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWithOneAndNamesTheFirstBrokenEntry() throws Exception {
    on.asSuperuser(
        """
        update audit_entry
           set target_id = 'x'
         where entry_id = (select entry_id from audit_leaf where leaf_index = 3)
        """);
    assertThat(run("--json")).isEqualTo(1);
    assertThat(Json.tree(out.toString()).path("first_broken").path("index").asInt()).isEqualTo(3);
  }

  @Test
  void findsThatTheNewestEntriesAreGoneByAHeadThatWasKeptElsewhere() throws Exception {
    Path kept = Files.copy(on.head, data.resolve("kept"));
    Files.delete(on.head);
    on.asSuperuser("delete from audit_leaf where leaf_index > 4");
    on.asSuperuser("delete from audit_checkpoint where tree_size > 4");
    on.asSuperuser(
        "delete from audit_entry where entry_id not in (select entry_id from audit_leaf)");
    assertThat(run()).as("nothing here knows of them").isZero();
    assertThat(err.toString()).contains("no signed head is kept here");
    assertThat(run("--head", kept.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("BROKEN: a head was signed over 7 entries");
  }

  @Test
  void trustsTheKeysItIsTold() throws Exception {
    Path keys = data.resolve("decision-keys.json");
    Files.write(keys, on.keys.publicKeys().decisionKeys());
    assertThat(run("--keys", keys.toString())).isZero();
  }

  @Test
  void doesNotUnderstandAFileThatHoldsNoKeys() throws Exception {
    Path keys = Files.writeString(data.resolve("not-keys.json"), "{}");
    assertThat(run("--keys", keys.toString())).isEqualTo(2);
    assertThat(run("--head", data.resolve("absent").toString())).isEqualTo(2);
  }

  private int run(String... words) throws Exception {
    var command = new CommandLine(new AuditVerifyVerb(environment()));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(words);
  }

  private Map<String, String> environment() throws Exception {
    DatabaseAddress app = test.app();
    Path password = Files.writeString(data.resolve("password"), app.password());
    var all = new HashMap<String, String>();
    all.put("ARAGORA_DATA_DIR", data.toString());
    all.put("ARAGORA_DATABASE_URL", app.url());
    all.put("ARAGORA_DATABASE_USER", app.user());
    all.put("ARAGORA_DATABASE_PASSWORD_FILE", password.toString());
    return all;
  }
}
