package io.aragora.audit.desk;

import io.aragora.audit.AuditRow;
import io.aragora.audit.desk.AuditVerdict.Broken;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.TreeReader;
import io.aragora.platform.merkle.TreeSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One check of the whole log, place by place: each entry is hashed again from its columns, the tree
 * is added up from the hashes in their places, and at every size that was ever signed its root must
 * be the signed one. Stops at the first fault. Used once.
 */
final class AuditCheck {
  private static final int BATCH = 1_000;
  private static final UUID FIRST = new UUID(0, 0);

  private final AuditCheckStore store = new AuditCheckStore();
  private final Tx tx;
  private final SignedHeads heads;
  private final Predicate<AuditRow> judged;
  private final ErasePermits permits;
  private final TreeSum tree = new TreeSum(this::subtree);
  private final long size;
  private long checked;
  private @Nullable UUID last;
  private @Nullable Broken badNode;

  /** {@code judged} are the entries whose contents are checked; of others only that they exist. */
  AuditCheck(Tx tx, SignedHeads.Rules rules, Predicate<AuditRow> judged) {
    this.tx = tx;
    this.judged = judged;
    // Heads first: in the log none ever comes before its leaves.
    this.heads = new SignedHeads(store, tx, rules);
    this.size = store.size(tx);
    this.permits = new ErasePermits(store.permits(tx));
  }

  AuditVerdict run() {
    Optional<Broken> broken =
        heads
            .at(tree, null)
            .or(this::placed)
            .or(() -> heads.beyond(size))
            .or(this::unplaced)
            .or(this::countNodes);
    return new AuditVerdict(size, checked, broken.isEmpty(), broken.orElse(null));
  }

  private Optional<Broken> placed() {
    while (tree.size() < size) {
      List<AuditCheckStore.Leaf> leaves = store.leaves(tx, tree.size(), BATCH);
      if (leaves.isEmpty()) {
        return Optional.of(missing());
      }
      for (AuditCheckStore.Leaf leaf : leaves) {
        Optional<Broken> broken = next(leaf);
        if (broken.isPresent()) {
          return broken;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Broken> next(AuditCheckStore.Leaf leaf) {
    if (leaf.index() != tree.size()) {
      return Optional.of(missing());
    }
    if (leaf.row().isEmpty()) {
      return Optional.of(new Broken(leaf.entry(), leaf.index(), null, "the entry is gone"));
    }
    Optional<String> fault = leaf.row().filter(judged).flatMap(row -> fault(row, leaf.hash()));
    if (fault.isPresent()) {
      return Optional.of(new Broken(leaf.entry(), leaf.index(), null, fault.get()));
    }
    last = leaf.entry();
    tree.add(leaf.hash());
    return heads.at(tree, last).or(() -> Optional.ofNullable(badNode));
  }

  private Optional<String> fault(AuditRow row, Sha256 hash) {
    checked++;
    return row.fault()
        .or(
            () ->
                row.leaf().equals(hash)
                    ? Optional.empty()
                    : Optional.of("its hash is not the one that was written"))
        .or(
            () ->
                !row.isErased() || permits.allow(row)
                    ? Optional.empty()
                    : Optional.of("its words are gone, and no entry says that they were erased"));
  }

  /** The place is known; the entry only if exactly one has lost its place. */
  private Broken missing() {
    var lost = new ArrayList<UUID>();
    for (AuditCheckStore.Unplaced each : store.unplaced(tx, FIRST, BATCH)) {
      if (each.waiting().isEmpty()) {
        lost.add(each.row().id());
      }
    }
    return new Broken(
        lost.size() == 1 ? lost.getFirst() : null,
        tree.size(),
        null,
        "no entry stands in this place");
  }

  private Optional<Broken> unplaced() {
    UUID after = FIRST;
    for (var page = store.unplaced(tx, after, BATCH);
        !page.isEmpty();
        page = store.unplaced(tx, after, BATCH)) {
      for (AuditCheckStore.Unplaced each : page) {
        Optional<Broken> broken =
            Optional.of(each).filter(it -> judged.test(it.row())).flatMap(this::waiting);
        if (broken.isPresent()) {
          return broken;
        }
      }
      after = page.getLast().row().id();
    }
    return store
        .waitingForNothing(tx)
        .map(entry -> new Broken(entry, null, null, "the entry is gone"));
  }

  private Optional<Broken> waiting(AuditCheckStore.Unplaced entry) {
    Optional<String> fault =
        entry.waiting().isEmpty()
            ? Optional.of("it stands in no place of the log")
            : fault(entry.row(), entry.waiting().get());
    return fault.map(what -> new Broken(entry.row().id(), null, null, what));
  }

  /** A kept root of a subtree must be the one its leaves add up to. */
  private void subtree(int level, long index, Sha256 root) {
    if (badNode == null
        && tree.size() <= heads.newest()
        && !store.nodes(tx, level, index, 1).equals(List.of(root))) {
      long width = tree.size() / (index + 1);
      badNode =
          new Broken(
              null,
              index * width,
              tree.size(),
              "the hash kept over these entries is not what they add up to");
    }
  }

  private Optional<Broken> countNodes() {
    for (int level = 1; level <= 7; level++) {
      if (store.countNodes(tx, level) > TreeReader.width(heads.newest(), level)) {
        return Optional.of(
            new Broken(null, null, null, "hashes are kept over entries that are not there"));
      }
    }
    return Optional.empty();
  }
}
