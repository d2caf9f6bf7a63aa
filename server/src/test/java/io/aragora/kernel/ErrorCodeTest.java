package io.aragora.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.GeneratedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  private static final Path TESTS = Path.of("server/src/test/java/io/aragora");

  /** A code that no test ever asks for is one nobody has seen. */
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void isExpectedByNameInSomeTest(ErrorCode code) throws IOException {
    assertThat(tests())
        .as("a test that provokes %s and looks at the code", code)
        .anyMatch(
            text ->
                text.matches("(?s).*ErrorCode\\." + code.name() + "\\b.*")
                    || text.contains("\"" + code.wire() + "\"")
                    || text.contains("\\\"" + code.wire() + "\\\""));
  }

  private static List<String> tests() throws IOException {
    try (var files = Files.walk(GeneratedFiles.root().resolve(TESTS))) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .map(ErrorCodeTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
