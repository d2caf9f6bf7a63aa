package io.aragora.transparency;

import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.Merkle;
import io.aragora.platform.merkle.TreeSum;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One check of the whole log, origin by origin: each leaf is hashed again from its entry, and at
 * every size that was ever signed the tree must have the signed root. Used once.
 */
final class LogCheck {
  private static final int BATCH = 1_000;

  private final OriginStore origins = new OriginStore();
  private final LeafStore leaves = new LeafStore();
  private final Tx tx;
  private final List<VerifyKey> trusted;
  private long leafCount;
  private long waiting;
  private long headCount;

  LogCheck(Tx tx, List<VerifyKey> trusted) {
    this.tx = tx;
    this.trusted = List.copyOf(trusted);
  }

  LogVerdict run() {
    try {
      origins.all(tx).forEach(this::check);
      return new LogVerdict(leafCount, waiting, headCount, true, null);
    } catch (VerificationFault broken) {
      return new LogVerdict(leafCount, waiting, headCount, false, broken.message());
    }
  }

  private void check(OriginStore.Origin origin) {
    // Heads first: what is signed meanwhile is over leaves that are read no more.
    Deque<Checkpoint> heads = new ArrayDeque<>();
    origins.notes(tx, origin.no()).forEach(note -> heads.add(opened(origin, note)));
    long signed = heads.isEmpty() ? 0 : heads.getLast().size();
    var tree = new TreeSum((level, index, root) -> {});
    hold(origin, tree, heads);
    while (tree.size() < origin.size()) {
      var batch = leaves.rows(tx, origin.no(), tree.size(), BATCH);
      require(!batch.isEmpty(), origin, "leaf " + tree.size() + " is gone");
      for (LeafStore.Kept leaf : batch) {
        if (tree.size() < origin.size()) {
          add(origin, tree, leaf);
          hold(origin, tree, heads);
        }
      }
    }
    require(
        heads.isEmpty(),
        origin,
        "a head was signed over %d leaves, there are %d".formatted(signed, tree.size()));
    leafCount += tree.size();
    waiting += tree.size() - signed;
  }

  private static void add(OriginStore.Origin origin, TreeSum tree, LeafStore.Kept leaf) {
    require(leaf.index() == tree.size(), origin, "leaf " + tree.size() + " is gone");
    require(
        Merkle.leaf(leaf.entry()).equals(leaf.hash()),
        origin,
        "leaf " + leaf.index() + " is not the one that was written");
    tree.add(leaf.hash());
  }

  private void hold(OriginStore.Origin origin, TreeSum tree, Deque<Checkpoint> heads) {
    while (!heads.isEmpty() && heads.getFirst().size() == tree.size()) {
      require(
          heads.removeFirst().root().equals(tree.root()),
          origin,
          "the leaves differ from those signed at size " + tree.size());
      headCount++;
    }
  }

  private Checkpoint opened(OriginStore.Origin origin, byte[] note) {
    Checkpoint head = Checkpoint.open(note, trusted);
    require(head.origin().equals(origin.name()), origin, "a head of another log: " + head.origin());
    return head;
  }

  private static void require(boolean holds, OriginStore.Origin origin, String what) {
    if (!holds) {
      throw new VerificationFault("log", origin.name() + ": " + what);
    }
  }
}
