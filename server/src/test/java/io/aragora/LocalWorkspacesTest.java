package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Access;
import io.aragora.access.Permission;
import io.aragora.cli.Cli;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestDatabase;
import io.aragora.testing.TestPerson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for workspaces without people, on a real database. */
final class LocalWorkspacesTest {
  private final TestDatabase database = TestDatabase.shared();
  private final Access access =
      new Access(database.database(), UUID::randomUUID, InstantSource.system());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... words) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), database.app().password());
    Map<String, String> environment =
        Map.of(
            "ARAGORA_DATABASE_URL", database.app().url(),
            "ARAGORA_DATABASE_USER", database.app().user(),
            "ARAGORA_DATABASE_PASSWORD_FILE", password.toString());
    out.reset();
    err.reset();
    return new Cli(
            new LocalServing(InstantSource.system()),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }

  private JsonNode made() throws IOException {
    assertThat(run("workspace", "make", "smoke", "--json")).as(err.toString()).isZero();
    return Json.tree(out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void makesAWorkspaceWithAKeyToAllOfIt() throws IOException {
    JsonNode made = made();
    var caller = access.authenticate(made.path("key").asText()).orElseThrow();
    assertThat(caller.workspace().value().toString()).isEqualTo(made.path("workspace_id").asText());
    assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
  }

  @Test
  void makesOneForEachName() throws IOException {
    assertThat(run("workspace", "make", "one", "two", "--hours", "2")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  @Test
  void erasesItWithItsKeyAtOnce() throws IOException {
    JsonNode made = made();
    String id = made.path("workspace_id").asText();
    assertThat(run("workspace", "erase", id, "--yes")).as(err.toString()).isZero();
    access.forget();
    assertThat(access.authenticate(made.path("key").asText())).isEmpty();
    assertThat(run("workspace", "erase", id, "--yes")).as("a second time").isEqualTo(6);
  }

  @Test
  void erasesNothingWithoutYes() throws IOException {
    JsonNode made = made();
    assertThat(run("workspace", "erase", made.path("workspace_id").asText())).isEqualTo(2);
    assertThat(access.authenticate(made.path("key").asText())).isPresent();
  }

  @Test
  void leavesAWorkspaceWithMembersToItsOwner() throws IOException {
    JsonNode made = made();
    var workspace = new WorkspaceId(UUID.fromString(made.path("workspace_id").asText()));
    TestPerson.join(
        database.database(),
        workspace,
        TestPerson.account(database.database(), UUID.randomUUID() + "@example.org"),
        "owner");
    assertThat(run("workspace", "erase", workspace.toString(), "--yes")).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("its owner deletes it");
    assertThat(access.authenticate(made.path("key").asText())).isPresent();
  }

  @Test
  void neverErasesTheFirstWorkspace() throws IOException {
    WorkspaceId first = access.bootstrap("First workspace").workspace();
    assertThat(run("workspace", "erase", first.toString(), "--yes")).isEqualTo(6);
  }

  @Test
  void refusesWhatIsNoNameOrTime() throws IOException {
    assertThat(run("workspace", "make", " ")).isEqualTo(6);
    assertThat(run("workspace", "make", "x", "--hours", "0")).isEqualTo(2);
  }
}
