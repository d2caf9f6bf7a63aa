package io.aragora.transparency;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.JsonLimits;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import io.aragora.platform.merkle.Merkle;
import java.util.Arrays;

/**
 * What the log says about one receipt: its id, the hash of its payload and the blinded workspace.
 * The blind is a salted hash, so two leaves of one workspace cannot be told to belong together.
 */
public record LeafEntry(ReceiptId receiptId, Sha256 payloadSha256, Sha256 tenantBlind) {
  private static final int VERSION = 1;

  /** The canonical JSON the leaf hash is made from. */
  public byte[] bytes() {
    return CanonicalJson.bytes(
        Json.object()
            .put("v", VERSION)
            .put("receipt_id", receiptId.toString())
            .put("payload_sha256", payloadSha256.hex())
            .put("tenant_blind", tenantBlind.base64url()));
  }

  /** The RFC 6962 leaf hash. */
  public Sha256 hash() {
    return Merkle.leaf(bytes());
  }

  /** Reads exactly what {@link #bytes()} writes. */
  public static LeafEntry read(byte[] entry) {
    try {
      JsonNode node = CanonicalJson.parse(entry, JsonLimits.RECEIPT);
      var read =
          new LeafEntry(
              ReceiptId.of(node.path("receipt_id").asText()),
              Sha256.ofHex(node.path("payload_sha256").asText()),
              Sha256.ofBase64url(node.path("tenant_blind").asText()));
      if (!Arrays.equals(read.bytes(), entry)) {
        throw new IllegalArgumentException("not the canonical entry of version " + VERSION);
      }
      return read;
    } catch (JsonFault | IllegalArgumentException bad) {
      throw new VerificationFault("leaf", "not a log entry of a receipt: " + bad.getMessage());
    }
  }
}
