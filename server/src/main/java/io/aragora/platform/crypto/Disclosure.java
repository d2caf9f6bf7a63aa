package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aragora.platform.json.JsonFault;
import java.nio.charset.StandardCharsets;

/**
 * A value that a signed payload holds only as a commitment: salt, path and value in the RFC 9901
 * encoding. Once it is erased nothing can be learnt from the commitment.
 */
public final class Disclosure {
  // 128 bits in base64url; RFC 9901 takes any text, a shorter one could be guessed.
  private static final int SHORTEST_SALT = 22;

  private final String path;
  private final JsonNode value;
  private final String encoded;

  private Disclosure(String path, JsonNode value, String encoded) {
    this.path = path;
    this.value = value;
    this.encoded = encoded;
  }

  static Disclosure of(byte[] salt, String path, JsonNode value) {
    var parts = JsonNodeFactory.instance.arrayNode();
    parts.add(Base64Text.encodeUrl(salt)).add(path).add(value);
    return new Disclosure(path, value, Base64Text.encodeUrl(CanonicalJson.bytes(parts)));
  }

  /** Reads the base64url form. */
  public static Disclosure read(String encoded) {
    try {
      JsonNode parts = CanonicalJson.parse(Base64Text.decodeUrl(encoded), JsonLimits.DOCUMENT);
      if (!parts.isArray() || parts.size() != 3 || !parts.path(1).isTextual()) {
        throw new IllegalArgumentException("salt, path and value expected");
      }
      if (!parts.path(0).isTextual() || parts.path(0).textValue().length() < SHORTEST_SALT) {
        throw new IllegalArgumentException("a salt has at least 128 bits");
      }
      return new Disclosure(parts.path(1).textValue(), parts.path(2), encoded);
    } catch (JsonFault | IllegalArgumentException bad) {
      // Not the parser's message: it may quote the value.
      throw new VerificationFault("disclosure", "not a disclosure of salt, path and value");
    }
  }

  /** Where in the payload the commitment stands: a JSON pointer. */
  public String path() {
    return path;
  }

  public JsonNode value() {
    return value.deepCopy();
  }

  /** The base64url text that is handed on. */
  public String encoded() {
    return encoded;
  }

  /** The SHA-256 of the encoded text, base64url: what the payload holds. */
  public String commitment() {
    return Sha256.of(encoded.getBytes(StandardCharsets.US_ASCII)).base64url();
  }

  /** Names the path only: value and salt are not for logs. */
  @Override
  public String toString() {
    return "disclosure of " + path;
  }
}
