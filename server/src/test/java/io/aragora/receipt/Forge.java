package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.platform.crypto.Dsse;
import io.aragora.platform.crypto.Jws;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.json.Json;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.transparency.LeafEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Makes receipts, honest or not, with fixed keys: whatever a verifier must be able to tell. */
final class Forge {
  static final KeyRing RING = SampleKeys.ring(1);
  static final KeyRing STRANGER = SampleKeys.ring(2);
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private Forge() {}

  /** A receipt as issued: its payload tree and its words. */
  record Made(JsonNode statement, List<Disclosure> disclosures) {
    /** The same words, with the predicate tampered with before it was signed. */
    Made tampered(Consumer<ObjectNode> tampering) {
      ObjectNode copy = statement.deepCopy();
      tampering.accept((ObjectNode) copy.get("predicate"));
      return new Made(copy, disclosures);
    }

    byte[] payload() {
      return CanonicalJson.bytes(statement);
    }
  }

  static Made make(SampleDebate debate) {
    var heading =
        new Statement.Heading(
            new ReceiptId(SampleKeys.ids().next()),
            SampleKeys.ISSUED,
            "Test Appliance",
            RING.receiptSigner().key().keyId(),
            null);
    Statement.Written written =
        Statement.write(debate.decision(), heading, new Disclosures(new SampleKeys.Repeatable(11)));
    return new Made(io.aragora.platform.json.Json.tree(written.payload()), written.disclosures());
  }

  static byte[] envelope(Made made) {
    return envelope(made.payload(), RING.receiptSigner());
  }

  static byte[] envelope(byte[] payload, Signer signer) {
    return Dsse.sign(Statement.PAYLOAD_TYPE, payload, signer).bytes();
  }

  /** The bundle of a receipt in a log of two leaves. */
  static ObjectNode bundle(Made made) {
    return bundle(made, RING);
  }

  static ObjectNode bundle(Made made, KeyRing ring) {
    ObjectNode bundle = Json.object().put("bundle", ReceiptBundle.FORM);
    bundle.set("statement", made.statement());
    bundle.set("envelope", Json.tree(envelope(made.payload(), ring.receiptSigner())));
    bundle.put(
        "jws", Jws.sign("decision-receipt+jws", made.payload(), ring.receiptSigner()).compact());
    ArrayNode words = bundle.putArray("disclosures");
    made.disclosures().forEach(each -> words.add(each.encoded()));
    bundle.set("keys", Json.tree(ring.publicKeys().jwks()));
    bundle.put("log_proof", proof(made, ring.checkpointSigner()));
    return bundle;
  }

  static String proof(Made made, Signer checkpointSigner) {
    var id = ReceiptId.of(made.statement().at("/predicate/receipt/id").asText());
    return proof(
        new LeafEntry(id, Sha256.of(made.payload()), Sha256.ofText("blind")), checkpointSigner);
  }

  /** A tlog-proof for the second of two leaves. */
  static String proof(LeafEntry entry, Signer checkpointSigner) {
    Sha256 first = Sha256.of(LEAF, "another receipt".getBytes(StandardCharsets.UTF_8));
    Sha256 root = Sha256.of(NODE, first.bytes(), Sha256.of(LEAF, entry.bytes()).bytes());
    byte[] note = new Checkpoint("test.example/log", 2, root).sign(checkpointSigner);
    return "c2sp.org/tlog-proof@v1\nextra "
        + Base64Text.encode(entry.bytes())
        + "\nindex 1\n"
        + Base64Text.encode(first.bytes())
        + "\n\n"
        + new String(note, StandardCharsets.UTF_8);
  }
}
