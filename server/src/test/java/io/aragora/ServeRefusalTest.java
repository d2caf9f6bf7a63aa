package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.cli.Cli;
import io.aragora.testing.TestAppliance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a node that must not serve: one line, and an exit code. */
final class ServeRefusalTest {
  @TempDir private Path folder;

  @Test
  void aNodeWithoutTheKeysEndsWithOneLineThatSaysWhatToDo() throws IOException {
    try (var first = TestAppliance.start()) {
      var err = new ByteArrayOutputStream();
      var app = first.database().app();
      Path password = Files.writeString(folder.resolve("password"), app.password());
      var environment =
          Map.of(
              "ARAGORA_DATABASE_URL", app.url(),
              "ARAGORA_DATABASE_USER", app.user(),
              "ARAGORA_DATABASE_PASSWORD_FILE", password.toString(),
              "ARAGORA_DATA_DIR", folder.resolve("data").toString(),
              "ARAGORA_HTTP_PORT", "0",
              "ARAGORA_MANAGEMENT_PORT", "0",
              "ARAGORA_LOG_LEVEL", "error");

      int exit =
          new Cli(
                  new LocalServing(InstantSource.system()),
                  environment,
                  new PrintStream(new ByteArrayOutputStream()),
                  new PrintStream(err))
              .run("serve");

      assertThat(exit).isEqualTo(8);
      assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
          .singleElement()
          .asString()
          .startsWith("error: ")
          .contains("copy the keys folder of the first node there");
    }
  }
}
