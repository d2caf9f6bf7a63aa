package io.aragora.transparency;

import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.Continuity;
import io.aragora.platform.merkle.LogHead;
import io.aragora.platform.merkle.TreeGrowth;
import io.aragora.platform.merkle.TreeReader;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signs the next head, once it is sure that the tree still continues every head signed before. The
 * file is written before the transaction commits: a signed head may be unknown to the database,
 * never to the file.
 */
final class Publisher {
  private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

  private final OriginStore origins;
  private final LeafStore leaves;
  private final KeyRing keys;
  private final LogHead head;
  private final InstantSource clock;

  Publisher(
      OriginStore origins, LeafStore leaves, KeyRing keys, LogHead head, InstantSource clock) {
    this.origins = origins;
    this.leaves = leaves;
    this.keys = keys;
    this.head = head;
    this.clock = clock;
  }

  /** The new checkpoint; empty if there is nothing new, or the log is or has just been closed. */
  Optional<Checkpoint> publish(Tx tx) {
    OriginStore.Origin origin = origins.current(tx).filter(OriginStore.Origin::isOpen).orElse(null);
    if (origin == null) {
      return Optional.empty();
    }
    Optional<byte[]> stored = origins.newestNote(tx, origin.no());
    Optional<byte[]> kept = keptOf(tx, origin);
    if (isCurrent(origin, stored, kept)) {
      return Optional.empty();
    }
    var tree = grow(tx, origin, stored.map(note -> Checkpoint.unverified(note).size()).orElse(0L));
    Optional<String> broken = broken(origin, tree, stored, kept);
    if (broken.isPresent()) {
      LOG.log(System.Logger.Level.ERROR, "the log is closed: {0}", broken.get());
      origins.close(tx, origin.no(), broken.get());
      return Optional.empty();
    }
    return sign(tx, origin, tree, stored);
  }

  private Optional<Checkpoint> sign(
      Tx tx, OriginStore.Origin origin, TreeReader tree, Optional<byte[]> stored) {
    var checkpoint = new Checkpoint(origin.name(), origin.size(), tree.root(origin.size()));
    if (stored.isPresent() && Checkpoint.unverified(stored.get()).equals(checkpoint)) {
      LOG.log(System.Logger.Level.DEBUG, "the kept head was missing or old: written again");
      head.write(stored.get());
      return Optional.empty();
    }
    byte[] note = checkpoint.sign(keys.checkpointSigner());
    head.write(note);
    origins.addCheckpoint(tx, origin.no(), origin.size(), note, clock.instant());
    return Optional.of(checkpoint);
  }

  private TreeReader grow(Tx tx, OriginStore.Origin origin, long before) {
    return TreeGrowth.grow(
        (level, from, count) -> leaves.hashes(tx, origin.no(), level, from, count),
        (level, from, roots) -> leaves.addNodes(tx, origin.no(), level, from, roots),
        before,
        origin.size());
  }

  private Optional<String> broken(
      OriginStore.Origin origin, TreeReader tree, Optional<byte[]> stored, Optional<byte[]> kept) {
    List<VerifyKey> trusted = keys.publicKeys().keys(KeyPurpose.CHECKPOINT);
    return Stream.of(kept, stored)
        .flatMap(Optional::stream)
        .flatMap(note -> Continuity.broken(origin.name(), tree, note, trusted).stream())
        .findFirst();
  }

  /** The kept head, unless it is of an origin that this one openly left behind. */
  private Optional<byte[]> keptOf(Tx tx, OriginStore.Origin origin) {
    return head.read()
        .filter(note -> !Arrays.equals(note, origin.predecessorHead()))
        .filter(note -> !origins.isLeftBehind(tx, originOf(note), origin.no()));
  }

  private static String originOf(byte[] note) {
    try {
      return Checkpoint.unverified(note).origin();
    } catch (VerificationFault damaged) {
      return "";
    }
  }

  private static boolean isCurrent(
      OriginStore.Origin origin, Optional<byte[]> stored, Optional<byte[]> kept) {
    return stored.isPresent()
        && kept.isPresent()
        && Arrays.equals(stored.get(), kept.get())
        && Checkpoint.unverified(stored.get()).size() == origin.size();
  }
}
