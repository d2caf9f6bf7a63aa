package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.List;

/** The tree as the standard says it, without tiles. */
public final class PlainTree {
  private PlainTree() {}

  /** MTH of RFC 6962, word for word. */
  public static Sha256 root(List<Sha256> leaves) {
    if (leaves.isEmpty()) {
      return Merkle.emptyRoot();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Merkle.node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }
}
