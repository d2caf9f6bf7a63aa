package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Vectors.Vector;
import io.aragora.receipt.verify.TrustedKeys;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors: our verifier agrees with each, and each is what we would make today. */
final class VectorsTest {
  private static final Path FOLDER = Path.of("..", "sdk", "fixtures", "receipts");

  /** Writes the vectors anew; run it when the format grows, and say so in the changelog. */
  public static void main(String[] none) throws IOException {
    Files.createDirectories(FOLDER);
    for (Vector vector : Vectors.all()) {
      Files.write(FOLDER.resolve(vector.file()), vector.bytes());
    }
    Files.write(FOLDER.resolve("keys.json"), Forge.RING.publicKeys().decisionKeys());
    Files.write(FOLDER.resolve("jwks.json"), Forge.RING.publicKeys().jwks());
    Files.write(FOLDER.resolve("schema.json"), schema());
    Files.write(FOLDER.resolve("index.json"), index());
  }

  static Stream<Vector> vectors() {
    return Vectors.all().stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theVerifierAgreesWith(Vector vector) throws IOException {
    byte[] published = Files.readAllBytes(FOLDER.resolve(vector.file()));
    Verification verification = verifier().verify(published);
    assertThat(verification.conclusion().exitCode())
        .as("%s: %s%n%s", vector.file(), vector.why(), verification.text())
        .isEqualTo(vector.exit());
    assertThat(published).as("run VectorsTest.main").isEqualTo(vector.bytes());
  }

  @Test
  void indexKeysAndSchemaArePublishedBesideThem() throws IOException {
    assertThat(Files.readAllBytes(FOLDER.resolve("index.json"))).isEqualTo(index());
    assertThat(Files.readAllBytes(FOLDER.resolve("schema.json"))).isEqualTo(schema());
    assertThat(Files.readAllBytes(FOLDER.resolve("keys.json")))
        .isEqualTo(Forge.RING.publicKeys().decisionKeys());
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.count()).isEqualTo(Vectors.all().size() + 4);
    }
  }

  @Test
  void thereAreEnoughOfEachKind() {
    assertThat(count("valid-")).isGreaterThanOrEqualTo(12);
    assertThat(count("form-")).isGreaterThanOrEqualTo(20);
    assertThat(count("meaning-")).isGreaterThanOrEqualTo(20);
    assertThat(count("log-")).isGreaterThanOrEqualTo(15);
  }

  @Test
  void withReceiptKeysAloneNothingIsInTheLog() throws IOException {
    var keys = TrustedKeys.read(Files.readAllBytes(FOLDER.resolve("jwks.json")));
    byte[] file = Files.readAllBytes(FOLDER.resolve("valid-dissent.json"));
    assertThat(new Verifier(keys).verify(file).conclusion())
        .isEqualTo(Verification.Conclusion.NOT_IN_LOG);
  }

  private static long count(String kind) {
    return Vectors.all().stream().filter(each -> each.file().startsWith(kind)).count();
  }

  private static Verifier verifier() throws IOException {
    return new Verifier(TrustedKeys.read(Files.readAllBytes(FOLDER.resolve("keys.json"))));
  }

  private static byte[] index() {
    ArrayNode list = Json.object().arrayNode();
    for (Vector vector : Vectors.all()) {
      ObjectNode entry = list.addObject();
      entry.put("file", vector.file()).put("exit", vector.exit()).put("why", vector.why());
    }
    JsonNode index = list;
    return (index.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] schema() throws IOException {
    try (var in =
        VectorsTest.class.getResourceAsStream("/receipt/decision-receipt-v1.schema.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  static List<Vector> sound() {
    return Vectors.valid();
  }
}
