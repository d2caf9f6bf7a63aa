package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A receipt with all that is needed to check it offline: the signed envelope, its statement for
 * reading, the JWS twin, the disclosed words, the public keys, and the proof from the log.
 */
public record ReceiptBundle(
    String bundle,
    JsonNode statement,
    JsonNode envelope,
    String jws,
    List<String> disclosures,
    JsonNode keys,
    JsonNode logProof) {
  /** What {@code bundle} says, so that a reader knows the form. */
  public static final String FORM = "aragora-receipt-bundle/v1";

  public ReceiptBundle {
    disclosures = List.copyOf(disclosures);
  }
}
