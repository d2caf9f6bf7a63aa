package io.aragora.platform.http;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page starts, as opaque text for the caller. It holds no secret and gives no right;
 * its checksum only tells a changed one from ours.
 */
public final class Cursor {
  private static final String SEPARATOR = "\u001f";
  private static final int SUM_BYTES = 8;
  private static final int MAX_LENGTH = 1_024;

  private Cursor() {}

  /** Packs the sort values of a page's last row. */
  public static String encode(String... parts) {
    byte[] text = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(sum(text), SUM_BYTES + text.length);
    System.arraycopy(text, 0, all, SUM_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** Unpacks exactly {@code count} values, or refuses with INVALID_QUERY. */
  public static List<String> decode(String cursor, int count) {
    byte[] all = bytes(cursor);
    if (all.length >= SUM_BYTES) {
      byte[] text = Arrays.copyOfRange(all, SUM_BYTES, all.length);
      var parts = List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1));
      boolean ours = MessageDigest.isEqual(sum(text), Arrays.copyOf(all, SUM_BYTES));
      if (ours && parts.size() == count) {
        return parts;
      }
    }
    throw notOurs();
  }

  private static byte[] bytes(String cursor) {
    try {
      return cursor.length() > MAX_LENGTH ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw notOurs();
    }
  }

  private static Refusal notOurs() {
    return Refusal.of(
        ErrorCode.INVALID_QUERY, "cursor is not one that this list gave: leave it out to start");
  }

  private static byte[] sum(byte[] text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("cursor/1".getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(text), SUM_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
