package io.aragora.platform.crypto;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Set;

/** The checks on Ed25519 bytes that verifiers disagree about; ours are the strict ones. */
final class Ed25519Points {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  // y of the points of order 1, 2, 4 and 8: under such a key anybody can sign some messages.
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          littleEndian(
              HexFormat.of()
                  .parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
          littleEndian(
              HexFormat.of()
                  .parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")));

  private Ed25519Points() {}

  static void requireSound(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + key.length);
    }
    BigInteger y = y(key);
    if (y.compareTo(P) >= 0) {
      throw new IllegalArgumentException("not the canonical form of an Ed25519 key");
    }
    if (SMALL_ORDER.contains(y)) {
      throw new IllegalArgumentException("an Ed25519 key of small order");
    }
  }

  /** 64 bytes, R canonical, S below the group order: anything else is another spelling. */
  static boolean isSoundSignature(byte[] signature) {
    if (signature.length != 64) {
      return false;
    }
    byte[] r = java.util.Arrays.copyOf(signature, 32);
    byte[] s = java.util.Arrays.copyOfRange(signature, 32, 64);
    return y(r).compareTo(P) < 0 && littleEndian(s).compareTo(L) < 0;
  }

  private static BigInteger y(byte[] point) {
    return littleEndian(point).clearBit(255);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      reversed[at] = bytes[bytes.length - 1 - at];
    }
    return new BigInteger(1, reversed);
  }
}
