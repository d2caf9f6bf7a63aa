package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Keeps the roots of complete subtrees of 256 leaves, of 65,536 and so on, as a tree grows. */
public final class TreeGrowth {
  /** Where such roots are kept; they may be there already after an interruption. */
  @FunctionalInterface
  public interface Nodes {
    void add(int level, long from, List<Sha256> roots);
  }

  private TreeGrowth() {}

  /** Adds all roots that became complete between two sizes, and reads the tree as it is then. */
  public static TreeReader grow(HashSource source, Nodes nodes, long before, long size) {
    for (int level = 1; TreeReader.width(size, level) > 0; level++) {
      long first = TreeReader.width(Math.min(before, size), level);
      var roots = new ArrayList<Sha256>();
      for (long at = first; at < TreeReader.width(size, level); at++) {
        roots.add(root(source, level - 1, at));
      }
      if (!roots.isEmpty()) {
        nodes.add(level, first, roots);
      }
    }
    return new TreeReader(source, size);
  }

  private static Sha256 root(HashSource source, int level, long tile) {
    List<Sha256> hashes = source.hashes(level, tile * TreeReader.TILE_WIDTH, TreeReader.TILE_WIDTH);
    if (hashes.size() != TreeReader.TILE_WIDTH) {
      throw new IllegalStateException(
          "tile %d of level %d has only %d hashes".formatted(tile, level, hashes.size()));
    }
    return Merkle.fold(hashes);
  }
}
