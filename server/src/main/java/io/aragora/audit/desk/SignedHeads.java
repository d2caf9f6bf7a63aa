package io.aragora.audit.desk;

import io.aragora.audit.desk.AuditVerdict.Broken;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.TreeSum;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every head ever signed over the log, in the order of their sizes, and the one kept outside the
 * database: held against the tree as it grows.
 */
final class SignedHeads {
  private static final int BATCH = 1_000;

  /** What heads must be: of this log, by these keys; and the head kept outside, if there is one. */
  record Rules(String origin, List<VerifyKey> trusted, Optional<byte[]> kept) {
    Rules {
      trusted = List.copyOf(trusted);
    }
  }

  private final AuditCheckStore store;
  private final Tx tx;
  private final Rules rules;
  private final Optional<Long> keptSize;
  private final long newest;
  private final Deque<AuditCheckStore.Head> ahead = new ArrayDeque<>();
  private long readUpTo = -1;
  private long numbered;
  private long good;
  private @Nullable Broken gap;

  SignedHeads(AuditCheckStore store, Tx tx, Rules rules) {
    this.store = store;
    this.tx = tx;
    this.rules = rules;
    this.keptSize = rules.kept().map(SignedHeads::sizeOf);
    this.newest = store.newestHead(tx);
  }

  /** The size of the newest head in the database. */
  long newest() {
    return newest;
  }

  /** What is wrong if a head of exactly this size says something else than the tree. */
  Optional<Broken> at(TreeSum tree, @Nullable UUID last) {
    if (keptSize.filter(size -> size == tree.size()).isPresent()) {
      Optional<Broken> broken = broken(rules.kept().orElseThrow(), tree, last);
      if (broken.isPresent()) {
        return broken;
      }
    }
    for (var head = peek(); head != null && head.size() <= tree.size(); head = peek()) {
      ahead.removeFirst();
      count(head);
      Optional<Broken> broken = broken(head.note(), tree, last);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong if heads were signed over more entries than there are, or one is missing. Which
   * of the entries behind the last good head are gone cannot be told: those left have no witness.
   */
  Optional<Broken> beyond(long size) {
    long largest = Math.max(newest, keptSize.orElse(0L));
    if (largest > size) {
      return Optional.of(
          new Broken(
              null,
              good,
              largest,
              "a head was signed over %d entries, the database has only %d"
                  .formatted(largest, size)));
    }
    return largest > newest
        ? Optional.of(without("the newest checkpoint, of size " + largest + ", is gone"))
        : Optional.ofNullable(gap);
  }

  private Optional<Broken> broken(byte[] note, TreeSum tree, @Nullable UUID last) {
    try {
      var signed = Checkpoint.open(note, rules.trusted());
      if (!signed.origin().equals(rules.origin()) || signed.size() != tree.size()) {
        return Optional.of(without("the checkpoint of size " + tree.size() + " is another one's"));
      }
      if (!signed.root().equals(tree.root())) {
        return Optional.of(unlike(tree.size(), last));
      }
      good = tree.size();
      return Optional.empty();
    } catch (VerificationFault bad) {
      return Optional.of(
          without("the checkpoint of size %d: %s".formatted(tree.size(), bad.message())));
    }
  }

  private Broken unlike(long size, @Nullable UUID last) {
    return size - good == 1
        ? new Broken(last, good, null, "the entry is not the one that was signed")
        : new Broken(null, good, size, "one of these entries is not the one that was signed");
  }

  private void count(AuditCheckStore.Head head) {
    if (head.number() != numbered + 1 && gap == null) {
      gap = without("a checkpoint before that of size " + head.size() + " is gone");
    }
    numbered = head.number();
  }

  private AuditCheckStore.@Nullable Head peek() {
    if (ahead.isEmpty()) {
      ahead.addAll(store.heads(tx, readUpTo, BATCH));
      readUpTo = ahead.isEmpty() ? Long.MAX_VALUE : ahead.getLast().size();
    }
    return ahead.peekFirst();
  }

  private static Broken without(String what) {
    return new Broken(null, null, null, what);
  }

  private static long sizeOf(byte[] note) {
    try {
      return Checkpoint.unverified(note).size();
    } catch (VerificationFault unreadable) {
      // Read again, and found to be so, where the log begins.
      return 0;
    }
  }
}
