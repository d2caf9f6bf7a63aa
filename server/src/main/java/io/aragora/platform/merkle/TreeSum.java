package io.aragora.platform.merkle;

import io.aragora.platform.crypto.Sha256;
import java.util.ArrayDeque;
import java.util.Deque;

/** Adds up a tree leaf by leaf: knows its root at any moment and keeps no leaves. */
public final class TreeSum {
  /** Told of each complete subtree of 256 leaves, of 65,536 and so on. */
  @FunctionalInterface
  public interface Complete {
    void subtree(int level, long index, Sha256 root);
  }

  private record Subtree(int height, Sha256 root) {}

  private final Deque<Subtree> edge = new ArrayDeque<>();
  private final Complete complete;
  private long size;

  public TreeSum(Complete complete) {
    this.complete = complete;
  }

  public void add(Sha256 leaf) {
    size++;
    Subtree last = new Subtree(0, leaf);
    while (!edge.isEmpty() && edge.getLast().height() == last.height()) {
      last = new Subtree(last.height() + 1, Merkle.node(edge.removeLast().root(), last.root()));
      if (last.height() % TreeReader.TILE_HEIGHT == 0) {
        complete.subtree(
            last.height() / TreeReader.TILE_HEIGHT, (size >> last.height()) - 1, last.root());
      }
    }
    edge.addLast(last);
  }

  public long size() {
    return size;
  }

  /** The root of all leaves so far. */
  public Sha256 root() {
    Sha256 root = null;
    for (var each = edge.descendingIterator(); each.hasNext(); ) {
      Subtree left = each.next();
      root = root == null ? left.root() : Merkle.node(left.root(), root);
    }
    return root == null ? Merkle.emptyRoot() : root;
  }
}
