package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.JsonLimits;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyStatement;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the keys a verifier is told to trust: decision-keys.json, a JWK set, or one PEM key. */
public interface TrustedKeys {
  /** Says {@code keys} in a {@link VerificationFault} where the file is none of the three. */
  static PublicKeys read(byte[] file) {
    try {
      String text = new String(file, StandardCharsets.UTF_8);
      if (text.startsWith("-----BEGIN")) {
        return new PublicKeys(List.of(anyTime(VerifyKey.ofPem(text), KeyPurpose.RECEIPT)));
      }
      JsonNode first = CanonicalJson.parse(file, JsonLimits.RECEIPT).path("keys").path(0);
      return first.has("purpose") ? PublicKeys.read(file) : jwks(file);
    } catch (JsonFault | IllegalArgumentException bad) {
      throw new VerificationFault("keys", "no keys can be read from this: " + bad.getMessage());
    }
  }

  /** Ed25519 keys of a JWK set; each must be named by its own thumbprint. */
  static PublicKeys jwks(byte[] file) {
    var statements = new ArrayList<KeyStatement>();
    for (JsonNode jwk : CanonicalJson.parse(file, JsonLimits.RECEIPT).path("keys")) {
      VerifyKey key = VerifyKey.ofJwkX(jwk.path("x").asText());
      if (!jwk.equals(key.jwk())) {
        throw new VerificationFault("keys", "not an Ed25519 key named by its thumbprint");
      }
      statements.add(anyTime(key, KeyPurpose.RECEIPT));
    }
    return new PublicKeys(statements);
  }

  private static KeyStatement anyTime(VerifyKey key, KeyPurpose purpose) {
    return new KeyStatement(key, purpose, Instant.EPOCH);
  }
}
