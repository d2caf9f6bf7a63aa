package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.cli.Cli;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that say who pays for whom, on a real database. */
final class LocalTreeTest {
  private final TestDatabase database = TestDatabase.shared();
  private final String firm = database.newWorkspace().toString();
  private final String team = database.newWorkspace().toString();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void putsAWorkspaceUnderAnotherAndTakesItOutAgain() throws IOException {
    assertThat(run("budget", "place", team, "--under", firm)).isZero();
    assertThat(said(out)).contains(firm + " pays for " + team);
    assertThat(parents()).containsExactly(firm);
    assertThat(run("budget", "detach", team)).isZero();
    assertThat(parents()).isEmpty();
  }

  @Test
  void refusesACircleAndWhatIsNoWorkspace() throws IOException {
    run("budget", "place", team, "--under", firm);

    assertThat(run("budget", "place", firm, "--under", team)).isEqualTo(6);
    assertThat(said(err)).contains("already pays for");
    assertThat(run("budget", "place", team, "--under", UUID.randomUUID().toString())).isEqualTo(6);
    assertThat(said(err)).contains("there is no workspace");
    assertThat(run("budget", "place", team, "--under", "firm")).isEqualTo(2);
    assertThat(run("budget", "place", team)).isEqualTo(2);
    assertThat(parents()).containsExactly(firm);
  }

  private List<String> parents() {
    return database
        .database()
        .inTransaction(
            WorkspaceId.of(team),
            tx ->
                tx.list(
                    "select parent_id from budget_parent where workspace_id = ?",
                    row -> row.uuid("parent_id").toString(),
                    UUID.fromString(team)));
  }

  private int run(String... words) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), database.app().password());
    Map<String, String> environment =
        Map.of(
            "ARAGORA_DATABASE_URL", database.app().url(),
            "ARAGORA_DATABASE_USER", database.app().user(),
            "ARAGORA_DATABASE_PASSWORD_FILE", password.toString());
    return new Cli(
            new LocalServing(InstantSource.system()),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
