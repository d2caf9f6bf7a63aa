package io.aragora.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, printed as hex or base64url. */
public final class Sha256 {
  private static final int LENGTH = 32;

  private final byte[] digest;

  private Sha256(byte[] digest) {
    this.digest = digest;
  }

  /** Hashes the parts one after the other. */
  public static Sha256 of(byte[]... parts) {
    MessageDigest sha = sha();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return new Sha256(sha.digest());
  }

  /** Hashes the UTF-8 form of a text. */
  public static Sha256 ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes 32 bytes that already are a digest. */
  public static Sha256 ofDigest(byte[] digest) {
    if (digest.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.length);
    }
    return new Sha256(digest.clone());
  }

  /** Reads 64 lower-case hex digits. */
  public static Sha256 ofHex(String hex) {
    if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(Sha256::isLowerHex)) {
      throw new IllegalArgumentException("not 64 lower-case hex digits: " + hex);
    }
    return new Sha256(HexFormat.of().parseHex(hex));
  }

  /** Reads 43 base64url characters. */
  public static Sha256 ofBase64url(String text) {
    return ofDigest(Base64Text.decodeUrl(text));
  }

  public byte[] bytes() {
    return digest.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(digest);
  }

  /** Base64url without padding. */
  public String base64url() {
    return Base64Text.encodeUrl(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static boolean isLowerHex(int sign) {
    return sign >= '0' && sign <= '9' || sign >= 'a' && sign <= 'f';
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
