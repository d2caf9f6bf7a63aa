package io.aragora.access.session;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** The secrets of sessions: 256 random bits, and what hangs on them. */
final class SessionTokens {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    return Base64Text.encodeUrl(token);
  }

  static boolean isWellFormed(String token) {
    return FORM.matcher(token).matches();
  }

  // One round is enough: there is nothing to guess in 256 random bits.
  static String hash(String token) {
    return Sha256.ofText(token).hex();
  }

  /**
   * What a page must send with a change. It follows from the cookie's token, which no page can
   * read, so that a page loaded anew can be told it again; the token does not follow from it.
   */
  static String csrf(String token) {
    return Sha256.ofText("aragora csrf 1:" + token).base64url();
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
