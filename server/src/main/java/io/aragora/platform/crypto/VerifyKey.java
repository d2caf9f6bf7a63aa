package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.subtle.Ed25519Verify;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 public key: it verifies strictly and prints itself as PEM, JWK and key ids. */
public final class VerifyKey {
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final String PEM_HEAD = "-----BEGIN PUBLIC KEY-----\n";
  private static final String PEM_TAIL = "\n-----END PUBLIC KEY-----\n";

  private final byte[] raw;
  private final Ed25519Verify check;
  private final String keyId;

  private VerifyKey(byte[] raw) {
    Ed25519Points.requireSound(raw);
    this.raw = raw.clone();
    this.check = new Ed25519Verify(raw);
    this.keyId = thumbprint();
  }

  /** Takes the 32 bytes of RFC 8032; refuses points of small order and second spellings. */
  public static VerifyKey ofRaw(byte[] raw) {
    return new VerifyKey(raw);
  }

  /** Reads an Ed25519 {@code PUBLIC KEY} in PEM. */
  public static VerifyKey ofPem(String pem) {
    String text = pem.replace("\r\n", "\n").strip() + "\n";
    if (!text.startsWith(PEM_HEAD) || !text.endsWith(PEM_TAIL)) {
      throw new IllegalArgumentException("not one PEM block of a PUBLIC KEY");
    }
    String body = text.substring(PEM_HEAD.length(), text.length() - PEM_TAIL.length());
    return ofSpki(Base64Text.decode(body.replace("\n", "")));
  }

  /** Reads the base64url {@code x} of an OKP JWK. */
  public static VerifyKey ofJwkX(String x) {
    return ofRaw(Base64Text.decodeUrl(x));
  }

  /** Whether this key made the signature; a second spelling of a good signature does not count. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (!Ed25519Points.isSoundSignature(signature)) {
      return false;
    }
    try {
      check.verify(signature, message);
      return true;
    } catch (GeneralSecurityException notItsSignature) {
      return false;
    }
  }

  /** The RFC 7638 thumbprint, base64url: the key id everywhere but in Open Decision Receipts. */
  public String keyId() {
    return keyId;
  }

  /** The key id of the Open Decision Receipt: {@code ed25519-} and 16 hex digits. */
  public String odrKeyId() {
    return "ed25519-" + Sha256.of(raw).hex().substring(0, 16);
  }

  /** The 32 bytes of RFC 8032. */
  public byte[] raw() {
    return raw.clone();
  }

  /** SubjectPublicKeyInfo in PEM, as openssl reads it. */
  public String pem() {
    return PEM_HEAD + Base64.getEncoder().encodeToString(spki()) + PEM_TAIL;
  }

  /** The public JWK (RFC 8037) with {@code kid}, {@code use} and the RFC 9864 algorithm. */
  public ObjectNode jwk() {
    return Json.object()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", Base64Text.encodeUrl(raw))
        .put("kid", keyId)
        .put("use", "sig")
        .put("alg", "Ed25519");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return keyId;
  }

  private static VerifyKey ofSpki(byte[] der) {
    if (der.length != SPKI.length + 32 || !Arrays.equals(SPKI, Arrays.copyOf(der, SPKI.length))) {
      throw new IllegalArgumentException("not the SubjectPublicKeyInfo of an Ed25519 key");
    }
    return ofRaw(Arrays.copyOfRange(der, SPKI.length, der.length));
  }

  private byte[] spki() {
    byte[] der = Arrays.copyOf(SPKI, SPKI.length + raw.length);
    System.arraycopy(raw, 0, der, SPKI.length, raw.length);
    return der;
  }

  // RFC 7638: the required members only, in lexicographic order, without white space.
  private String thumbprint() {
    String members =
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + Base64Text.encodeUrl(raw) + "\"}";
    return Sha256.of(members.getBytes(StandardCharsets.US_ASCII)).base64url();
  }
}
