package io.aragora.transparency;

import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.db.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

  /** Writes the roots of all subtrees that became complete since the last checkpoint. */
  private TreeReader grow(Tx tx, OriginStore.Origin origin, long before) {
    HashSource source = (level, from, count) -> leaves.hashes(tx, origin.no(), level, from, count);
    for (int level = 1; TreeReader.width(origin.size(), level) > 0; level++) {
      long first = TreeReader.width(Math.min(before, origin.size()), level);
      var roots = new ArrayList<Sha256>();
      for (long at = first; at < TreeReader.width(origin.size(), level); at++) {
        roots.add(
            Merkle.fold(
                source.hashes(level - 1, at * TreeReader.TILE_WIDTH, TreeReader.TILE_WIDTH)));
      }
      if (!roots.isEmpty()) {
        leaves.addNodes(tx, origin.no(), level, first, roots);
      }
    }
    return new TreeReader(source, origin.size());
  }

  private Optional<String> broken(
      OriginStore.Origin origin, TreeReader tree, Optional<byte[]> stored, Optional<byte[]> kept) {
    for (byte[] note : List.of(kept, stored).stream().flatMap(Optional::stream).toList()) {
      Optional<String> broken = broken(origin, tree, note);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private Optional<String> broken(OriginStore.Origin origin, TreeReader tree, byte[] note) {
    try {
      var signed = Checkpoint.open(note, keys.publicKeys().keys(KeyPurpose.CHECKPOINT));
      if (!signed.origin().equals(origin.name())) {
        return Optional.of("the last signed head is of another log, " + signed.origin());
      }
      if (signed.size() > origin.size()) {
        return Optional.of(
            "the last signed head has %d leaves, the database only %d"
                .formatted(signed.size(), origin.size()));
      }
      return tree.root(signed.size()).equals(signed.root())
          ? Optional.empty()
          : Optional.of("the leaves differ from those signed at size " + signed.size());
    } catch (VerificationFault bad) {
      return Optional.of("the last signed head cannot be read: " + bad.message());
    }
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
