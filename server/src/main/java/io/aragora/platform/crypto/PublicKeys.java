package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every public key an appliance ever used, as it publishes them and as verifiers trust them. */
public record PublicKeys(List<KeyStatement> statements) {
  public PublicKeys {
    statements = List.copyOf(statements);
  }

  public Optional<KeyStatement> find(KeyPurpose purpose, String keyId) {
    return statements.stream()
        .filter(each -> each.purpose() == purpose && each.keyId().equals(keyId))
        .findFirst();
  }

  public List<VerifyKey> keys(KeyPurpose purpose) {
    return statements.stream()
        .filter(each -> each.purpose() == purpose)
        .map(KeyStatement::key)
        .toList();
  }

  /** The name of the appliance's logs: it comes from its first key, which never changes. */
  public String logName() {
    return "aragora-appliance/" + statements.getFirst().keyId();
  }

  /** The receipt keys as a JWK set; checkpoint keys stay out, for no JWS is theirs. */
  public byte[] jwks() {
    var root = Json.object();
    var list = root.putArray("keys");
    keys(KeyPurpose.RECEIPT).forEach(key -> list.add(key.jwk()));
    return CanonicalJson.bytes(root);
  }

  /** All statements, as served at {@code /.well-known/decision-keys.json}. */
  public byte[] decisionKeys() {
    var root = Json.object();
    var list = root.putArray("keys");
    statements.forEach(each -> list.add(each.json()));
    return CanonicalJson.bytes(root);
  }

  /** Reads what {@link #decisionKeys()} wrote. */
  public static PublicKeys read(byte[] decisionKeys) {
    try {
      JsonNode list = CanonicalJson.parse(decisionKeys, JsonLimits.RECEIPT).path("keys");
      if (!list.isArray()) {
        throw new IllegalArgumentException("keys must be a list");
      }
      var statements = new ArrayList<KeyStatement>();
      list.forEach(each -> statements.add(KeyStatement.of(each)));
      return new PublicKeys(statements);
    } catch (JsonFault | IllegalArgumentException | DateTimeException bad) {
      throw new VerificationFault("keys", "not a list of decision keys: " + bad.getMessage());
    }
  }
}
