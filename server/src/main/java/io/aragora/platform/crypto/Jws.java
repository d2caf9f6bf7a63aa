package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** A JSON Web Signature with the one algorithm {@code Ed25519} (RFC 9864), compact or flattened. */
public final class Jws {
  // An extension we do not understand could change what is signed, so no other header is taken.
  private static final Set<String> HEADERS = Set.of("alg", "kid", "typ", "cty");

  private final String header;
  private final byte[] payload;
  private final byte[] signature;
  private final JsonNode fields;

  private Jws(String header, byte[] payload, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.fields = fields(header);
  }

  /** Signs a payload under a {@code typ} header. */
  public static Jws sign(String type, byte[] payload, Signer signer) {
    byte[] fields =
        CanonicalJson.bytes(
            Json.object().put("alg", "Ed25519").put("kid", signer.key().keyId()).put("typ", type));
    String header = Base64Text.encodeUrl(fields);
    return new Jws(header, payload.clone(), signer.sign(input(header, payload)));
  }

  /** Reads the compact or the flattened JSON form; says nothing yet about the signature. */
  public static Jws read(byte[] text) {
    try {
      if (text.length > JsonLimits.RECEIPT.maxBytes() * 2) {
        throw new IllegalArgumentException("longer than any receipt");
      }
      return text.length > 0 && text[0] == '{' ? readFlattened(text) : readCompact(text);
    } catch (JsonFault | IllegalArgumentException bad) {
      throw new VerificationFault("form", "not a JWS: " + bad.getMessage());
    }
  }

  /** Whether the header names this key and the signature is this key's. */
  public boolean isSignedBy(VerifyKey key) {
    return keyId().equals(key.keyId()) && key.verifies(input(header, payload), signature);
  }

  /** The key id the header claims. */
  public String keyId() {
    return fields.path("kid").asText();
  }

  public String type() {
    return fields.path("typ").asText();
  }

  public byte[] payload() {
    return payload.clone();
  }

  /** Three base64url parts joined by dots. */
  public String compact() {
    return header + "." + Base64Text.encodeUrl(payload) + "." + Base64Text.encodeUrl(signature);
  }

  /** The flattened JSON form (RFC 7515, section 7.2.2). */
  public byte[] flattened() {
    return CanonicalJson.bytes(
        Json.object()
            .put("protected", header)
            .put("payload", Base64Text.encodeUrl(payload))
            .put("signature", Base64Text.encodeUrl(signature)));
  }

  private static Jws readCompact(byte[] text) {
    String[] parts = new String(text, StandardCharsets.ISO_8859_1).split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("neither JSON nor three parts joined by dots");
    }
    return of(parts[0], parts[1], parts[2]);
  }

  private static Jws readFlattened(byte[] text) {
    var limits = new JsonLimits(text.length, 2, JsonLimits.Numbers.INTEGERS_ONLY);
    JsonNode root = CanonicalJson.parse(text, limits);
    var found = new HashSet<String>();
    root.fieldNames().forEachRemaining(found::add);
    if (!found.equals(Set.of("protected", "payload", "signature"))) {
      throw new IllegalArgumentException("the members must be protected, payload, signature");
    }
    return of(
        root.path("protected").asText(),
        root.path("payload").asText(),
        root.path("signature").asText());
  }

  private static Jws of(String header, String payload, String signature) {
    return new Jws(header, Base64Text.decodeUrl(payload), Base64Text.decodeUrl(signature));
  }

  private static JsonNode fields(String header) {
    JsonNode fields = CanonicalJson.parse(Base64Text.decodeUrl(header), JsonLimits.RECEIPT);
    if (!fields.path("alg").asText().equals("Ed25519")) {
      throw new VerificationFault("algorithm", "the algorithm must be Ed25519");
    }
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!HEADERS.contains(name) || !fields.path(name).isTextual()) {
                throw new IllegalArgumentException("header not understood: " + name);
              }
            });
    return fields;
  }

  private static byte[] input(String header, byte[] payload) {
    return (header + "." + Base64Text.encodeUrl(payload)).getBytes(StandardCharsets.US_ASCII);
  }
}
