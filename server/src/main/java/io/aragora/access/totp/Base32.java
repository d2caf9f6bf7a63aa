package io.aragora.access.totp;

/** RFC 4648 base32 without padding: what people can type and authenticator apps read. */
final class Base32 {
  private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  /** The bytes' number of bits must be a multiple of five. */
  static String encode(byte[] bytes) {
    if (bytes.length % BITS != 0) {
      throw new IllegalArgumentException("not a multiple of 40 bits: " + bytes.length + " bytes");
    }
    var text = new StringBuilder(bytes.length * Byte.SIZE / BITS);
    int held = 0;
    int bits = 0;
    for (byte each : bytes) {
      held = (held << Byte.SIZE | each & 0xff) & 0xfff;
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(SIGNS.charAt(held >> bits & 0x1f));
      }
    }
    return text.toString();
  }
}
