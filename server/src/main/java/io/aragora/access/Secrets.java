package io.aragora.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The secrets of keys: {@code ara_}, eight digits to tell keys apart, 256 random bits. */
final class Secrets {
  private static final Pattern FORM = Pattern.compile("ara_[0-9a-f]{8}_[0-9a-f]{64}");
  private static final int PREFIX_LENGTH = "ara_00000000".length();

  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] name = new byte[4];
    byte[] secret = new byte[32];
    random.nextBytes(name);
    random.nextBytes(secret);
    return "ara_" + HexFormat.of().formatHex(name) + "_" + HexFormat.of().formatHex(secret);
  }

  static boolean isWellFormed(String secret) {
    return FORM.matcher(secret).matches();
  }

  /** The part that may be shown again. */
  static String prefix(String secret) {
    return secret.substring(0, PREFIX_LENGTH);
  }

  // One round is enough: there is nothing to guess in 256 random bits.
  static String hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static boolean sameHash(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
