package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Dsse;
import io.aragora.platform.crypto.JsonLimits;
import io.aragora.platform.crypto.Jws;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A receipt file taken apart: the payload exactly as signed, who claims to have signed it, and what
 * came along. {@code parts} is missing where the file is a bare envelope or JWS.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record ReceiptFile(byte[] payload, String keyId, Predicate<VerifyKey> seal, JsonNode parts) {
  private static final String BUNDLE = "aragora-receipt-bundle/v1";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final Set<String> PARTS =
      Set.of("bundle", "statement", "envelope", "jws", "disclosures", "keys", "log_proof");

  /** Takes the file apart or says what is wrong with its form. */
  static ReceiptFile read(byte[] file) {
    if (file.length > JsonLimits.RECEIPT.maxBytes()) {
      throw fault("the file is larger than 1 MiB");
    }
    if (file.length == 0 || file[0] != '{') {
      return of(
          Jws.read(
              new String(file, StandardCharsets.ISO_8859_1)
                  .strip()
                  .getBytes(StandardCharsets.ISO_8859_1)));
    }
    JsonNode root = CanonicalJson.parse(file, JsonLimits.RECEIPT);
    if (root.has("bundle")) {
      return bundle(root);
    }
    return root.has("protected")
        ? of(Jws.read(file))
        : of(Dsse.read(file), MissingNode.getInstance());
  }

  /** The statement; only to be read once the seal holds. */
  JsonNode statement() {
    return CanonicalJson.parse(payload, JsonLimits.RECEIPT);
  }

  private static ReceiptFile bundle(JsonNode root) {
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!PARTS.contains(name)) {
                throw fault("a bundle has no part called " + name);
              }
            });
    if (!root.path("bundle").asText().equals(BUNDLE)) {
      throw fault("not a bundle of a known form");
    }
    ReceiptFile file = of(Dsse.read(Json.bytes(root.path("envelope"))), root);
    if (root.has("statement") && !root.get("statement").equals(file.statement())) {
      throw fault("the statement shown is not the one that was signed");
    }
    return root.has("jws") ? file.withTwin(root.get("jws").asText()) : file;
  }

  /** The twin must be over the same bytes and by the same key. */
  private ReceiptFile withTwin(String compact) {
    ReceiptFile twin = of(Jws.read(compact.getBytes(StandardCharsets.US_ASCII)));
    if (!java.util.Arrays.equals(twin.payload, payload) || !twin.keyId.equals(keyId)) {
      throw fault("the JWS is not the twin of the envelope");
    }
    return new ReceiptFile(payload, keyId, seal.and(twin.seal), parts);
  }

  private static ReceiptFile of(Jws jws) {
    return new ReceiptFile(jws.payload(), jws.keyId(), jws::isSignedBy, MissingNode.getInstance());
  }

  private static ReceiptFile of(Dsse envelope, JsonNode parts) {
    if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
      throw fault("the payload is not an in-toto statement: " + envelope.payloadType());
    }
    if (envelope.signatures().size() != 1) {
      throw fault("a receipt has one signature, not " + envelope.signatures().size());
    }
    String keyId = envelope.signatures().getFirst().keyId();
    return new ReceiptFile(envelope.payload(), keyId, envelope::isSignedBy, parts);
  }

  private static VerificationFault fault(String message) {
    return new VerificationFault("form", message);
  }
}
