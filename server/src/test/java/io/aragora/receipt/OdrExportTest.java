package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OdrExportTest {
  /** Writes samples for the public verifier: FOLDER/*.odr.json and key.pem. */
  public static void main(String[] folder) throws IOException {
    Path out = Files.createDirectories(Path.of(folder[0]));
    Files.writeString(out.resolve("key.pem"), Forge.RING.receiptSigner().key().pem());
    for (Vectors.Vector vector : Vectors.valid()) {
      Files.write(out.resolve(vector.file().replace(".json", ".odr.json")), odr(vector));
    }
  }

  @Test
  void theSignatureCoversTheDigestAndTheEntry() {
    ObjectNode odr = (ObjectNode) Json.tree(odr(Vectors.valid().get(1)));
    ObjectNode entry = (ObjectNode) odr.remove("signatures").get(0);
    byte[] signature = Base64Text.decode(entry.remove("signature").asText());
    ObjectNode signed = Json.object();
    signed.put("odr_digest", Sha256.of(CanonicalJson.bytes(odr)).hex());
    signed.put("odr_signature_input", "0.2").set("protected", entry);
    VerifyKey key = Forge.RING.receiptSigner().key();
    assertThat(entry.path("key_id").asText()).isEqualTo(key.odrKeyId());
    assertThat(key.verifies(CanonicalJson.bytes(signed), signature)).isTrue();
  }

  @Test
  void everyAgentNamedIsAParticipant() {
    for (Vectors.Vector vector : Vectors.valid()) {
      JsonNode quorum = Json.tree(odr(vector)).path("quorum");
      List<String> participants = quorum.path("participants").findValuesAsText("agent");
      assertThat(participants).doesNotHaveDuplicates();
      assertThat(participants)
          .containsAll(texts(quorum.path("supporting_agents")))
          .containsAll(texts(quorum.at("/dissent/dissenting_agents")));
    }
  }

  @Test
  void aRehearsalSaysSo() {
    byte[] odr = odr(find("valid-rehearsal.json"));
    assertThat(Json.tree(odr).at("/claim/statement").asText()).startsWith("REHEARSAL");
  }

  private static Vectors.Vector find(String file) {
    return Vectors.valid().stream()
        .filter(each -> each.file().equals(file))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] odr(Vectors.Vector vector) {
    JsonNode bundle = Json.tree(vector.bytes());
    byte[] payload = CanonicalJson.bytes(bundle.get("statement"));
    List<io.aragora.platform.crypto.Disclosure> words =
        Stream.of(bundle.get("disclosures"))
            .flatMap(list -> texts(list).stream())
            .map(io.aragora.platform.crypto.Disclosure::read)
            .toList();
    return new Issuer(Forge.RING, SampleKeys.identity())
        .odr(ReceiptContent.of(payload, words), Sha256.of(payload).hex());
  }

  private static List<String> texts(JsonNode list) {
    return java.util.stream.StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
