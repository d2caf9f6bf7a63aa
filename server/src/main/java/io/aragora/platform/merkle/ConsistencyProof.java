package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Proves that the tree of {@code to} leaves starts with the tree of {@code from} (RFC 9162). */
public record ConsistencyProof(long from, long to, List<Sha256> hashes) {
  public ConsistencyProof {
    hashes = List.copyOf(hashes);
  }

  public boolean verifies(Sha256 oldRoot, Sha256 newRoot) {
    if (from < 0 || from > to) {
      return false;
    }
    if (from == to) {
      return hashes.isEmpty() && oldRoot.equals(newRoot);
    }
    if (from == 0) {
      return hashes.isEmpty() && oldRoot.equals(Merkle.emptyRoot());
    }
    var path = new ArrayList<>(hashes);
    if (Long.bitCount(from) == 1) {
      path.addFirst(oldRoot);
    }
    return !path.isEmpty() && climb(path, oldRoot, newRoot);
  }

  private boolean climb(List<Sha256> path, Sha256 oldRoot, Sha256 newRoot) {
    int shared = Long.numberOfTrailingZeros(~(from - 1));
    long node = (from - 1) >> shared;
    long last = (to - 1) >> shared;
    Sha256 old = path.getFirst();
    Sha256 now = path.getFirst();
    for (Sha256 beside : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = Merkle.node(beside, old);
        now = Merkle.node(beside, now);
        int lone = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= lone;
        last >>= lone;
      } else {
        now = Merkle.node(now, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && old.equals(oldRoot) && now.equals(newRoot);
  }
}
