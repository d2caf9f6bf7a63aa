package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.TrustedKeys;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receipt that a release issued verifies for ever; its folder is made once and never changed. */
final class EarlierReleasesTest {
  private static final Path FOLDER = Path.of("..", "sdk", "fixtures", "releases");

  static Stream<String> releases() throws IOException {
    JsonNode known = Json.tree(Files.readAllBytes(Path.of("..", "upgrades.json")));
    return known.path("releases").findValuesAsText("version").stream();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyReleaseLeftAReceiptThatStillVerifies(String version) throws IOException {
    Path home = FOLDER.resolve(version);
    byte[] receipt = Files.readAllBytes(home.resolve("receipt.json"));
    var verifier = new Verifier(TrustedKeys.read(Files.readAllBytes(home.resolve("keys.json"))));
    Verification found = verifier.verify(receipt);
    assertThat(found.conclusion()).as(found.text()).isEqualTo(Verification.Conclusion.VALID);
  }

  @Test
  void noFolderIsOfAReleaseThatNobodyKnows() throws IOException {
    List<String> known = releases().toList();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      assertThat(folders.map(each -> each.getFileName().toString())).isSubsetOf(known);
    }
  }
}
