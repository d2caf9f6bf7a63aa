package io.aragora.access.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Six digits that change every 30 seconds (RFC 6238), taken one step early or late. */
final class TimeCodes {
  static final int STEP_SECONDS = 30;
  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final Pattern FORM = Pattern.compile("[0-9]{" + DIGITS + "}");

  private TimeCodes() {}

  /** The step this code belongs to, if it is one of now, one before or one after. */
  static Optional<Long> step(byte[] secret, String code, Instant now) {
    if (!FORM.matcher(code).matches()) {
      return Optional.empty();
    }
    long present = stepAt(now);
    Optional<Long> found = Optional.empty();
    for (long step = present - 1; step <= present + 1; step++) {
      if (isSame(code(secret, step), code)) {
        found = Optional.of(step);
      }
    }
    return found;
  }

  static long stepAt(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /** HOTP (RFC 4226) of the step's number. */
  static String code(byte[] secret, long step) {
    byte[] mac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int at = mac[mac.length - 1] & 0x0f;
    int number = ByteBuffer.wrap(mac).getInt(at) & 0x7fff_ffff;
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
