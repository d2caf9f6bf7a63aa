package io.aragora.platform.secret;

import io.aragora.kernel.WorkspaceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The form of a sealed value: a byte that names the form, four of the data key's version, then
 * nonce, ciphertext and tag. It opens only in the row and column it was sealed for.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Sealed(int keyVersion, byte[] body) {
  private static final byte FORM = 1;
  private static final int HEAD = 5;
  private static final Pattern WHERE = Pattern.compile("[a-z_]{1,63}\\|[a-z_]{1,63}\\|.{1,200}");

  static Sealed read(byte[] bytes) {
    if (bytes.length < HEAD || bytes[0] != FORM) {
      throw new SecretFault("not a sealed value of a form this version knows");
    }
    return new Sealed(
        ByteBuffer.wrap(bytes).getInt(1), Arrays.copyOfRange(bytes, HEAD, bytes.length));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + body.length).put(FORM).putInt(keyVersion).put(body).array();
  }

  /** What the ciphertext is bound to: all but {@code where} has a fixed length. */
  static byte[] place(WorkspaceId workspace, int keyVersion, String where) {
    if (!WHERE.matcher(where).matches()) {
      throw new IllegalArgumentException("where must be table|column|row: " + where);
    }
    byte[] name = where.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + 16 + name.length)
        .put(FORM)
        .putInt(keyVersion)
        .putLong(workspace.value().getMostSignificantBits())
        .putLong(workspace.value().getLeastSignificantBits())
        .put(name)
        .array();
  }
}
