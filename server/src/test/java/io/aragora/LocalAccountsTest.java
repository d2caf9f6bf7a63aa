package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.cli.Cli;
import io.aragora.kernel.AccountId;
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

/** The commands for people's accounts, on a real database. */
final class LocalAccountsTest {
  private final TestDatabase database = TestDatabase.shared();
  private final String email = UUID.randomUUID() + "@example.org";
  private final AccountId account = TestPerson.account(database.database(), email);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... words) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), database.app().password());
    Map<String, String> environment =
        Map.of(
            "ARAGORA_DATABASE_URL", database.app().url(),
            "ARAGORA_DATABASE_USER", database.app().user(),
            "ARAGORA_DATABASE_PASSWORD_FILE", password.toString(),
            "ARAGORA_PUBLIC_URL", "https://decide.example.org");
    out.reset();
    return new Cli(
            new LocalServing(InstantSource.system()),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listsEveryAccount() throws IOException {
    assertThat(run("user", "list")).isZero();
    assertThat(said()).contains(email + "\tTest Person\tactive");
    assertThat(run("user", "list", "--json")).isZero();
    assertThat(said()).contains("\"account_id\":\"" + account + "\"");
  }

  @Test
  void printsALinkToANewPassword() throws IOException {
    assertThat(run("user", "reset", email)).isZero();
    assertThat(said())
        .matches("https://decide\\.example\\.org/password/reset#token=[A-Za-z0-9_-]{43}\\s+");
  }

  @Test
  void closesAnAccountAndOpensItAgain() throws IOException {
    assertThat(run("user", "deactivate", email)).isZero();
    assertThat(run("user", "reset", email)).as("a link for a closed account").isEqualTo(6);
    assertThat(run("user", "activate", email)).isZero();
    assertThat(run("user", "reset", email)).isZero();
  }

  @Test
  void refusesWhomItDoesNotKnow() throws IOException {
    assertThat(run("user", "deactivate", "nobody@example.org")).isEqualTo(6);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no such account");
  }
}
