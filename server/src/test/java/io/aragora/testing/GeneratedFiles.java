package io.aragora.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares committed files with what the code generates; rewrites them when told to. */
public final class GeneratedFiles {
  private static final String SWITCH = "aragora.regenerate";

  private GeneratedFiles() {}

  /** {@code path} is relative to the repository's root. */
  public static void check(String path, String text) {
    Path file = root().resolve(path);
    try {
      if (Boolean.getBoolean(SWITCH)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(Files.exists(file) ? Files.readString(file) : "")
          .as("%s is stale: run ops/mvn test -D%s=true and commit it", path, SWITCH)
          .isEqualTo(text);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** The folder that holds VERSION, wherever the tests run from. */
  public static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("VERSION"))) {
        return at;
      }
    }
    throw new IllegalStateException("no VERSION above " + Path.of("").toAbsolutePath());
  }
}
