package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.List;

/** The hashes of RFC 6962: leaves and inner nodes start with different bytes. */
public final class Merkle {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private Merkle() {}

  public static Sha256 leaf(byte[] entry) {
    return Sha256.of(LEAF, entry);
  }

  public static Sha256 node(Sha256 left, Sha256 right) {
    return Sha256.of(NODE, left.bytes(), right.bytes());
  }

  public static Sha256 emptyRoot() {
    return Sha256.of();
  }

  /** The root over a power of two of neighbours. */
  public static Sha256 fold(List<Sha256> hashes) {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int half = hashes.size() / 2;
    return node(fold(hashes.subList(0, half)), fold(hashes.subList(half, hashes.size())));
  }
}
