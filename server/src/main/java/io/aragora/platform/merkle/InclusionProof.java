package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.List;

/** Proves that a leaf stands at {@code index} in the tree of {@code size} leaves (RFC 9162). */
public record InclusionProof(long index, long size, List<Sha256> hashes) {
  public InclusionProof {
    hashes = List.copyOf(hashes);
  }

  public boolean verifies(Sha256 leaf, Sha256 root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Sha256 hash = leaf;
    for (Sha256 beside : hashes) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Merkle.node(beside, hash);
        // On the right edge a lone node rises to the level where it gets a partner.
        int lone = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= lone;
        last >>= lone;
      } else {
        hash = Merkle.node(hash, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
