package io.aragora.platform.crypto;

import java.util.Base64;

/**
 * Base64 with exactly one text for each byte string: the JDK also takes stray bits and missing
 * padding, which would let one signature be written in several ways.
 */
public final class Base64Text {
  private Base64Text() {}

  /** RFC 4648 section 4, padded. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** RFC 4648 section 5, without padding. */
  public static String encodeUrl(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static byte[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException("not the canonical base64 of its bytes");
    }
    return bytes;
  }

  public static byte[] decodeUrl(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encodeUrl(bytes).equals(text)) {
      throw new IllegalArgumentException("not the canonical base64url of its bytes");
    }
    return bytes;
  }
}
