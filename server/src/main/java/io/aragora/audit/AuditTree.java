package io.aragora.audit;

import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.Continuity;
import io.aragora.platform.merkle.LogHead;
import io.aragora.platform.merkle.Sequencer;
import io.aragora.platform.merkle.SignedNote;
import io.aragora.platform.merkle.TreeGrowth;
import io.aragora.platform.merkle.TreeReader;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Probe;
import io.aragora.platform.observe.Watched;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Gives audit entries their places in the log's tree and signs its head, every second and one node
 * at a time. A database that does not continue the last signed head is not signed for: entries wait
 * until whoever runs the appliance has brought back what was lost.
 */
public final class AuditTree implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditTree.class.getName());
  private static final int MOST = 4_096;

  /** The log's public name, where its last head is kept outside the database, and how often. */
  public record Place(String origin, Path headFile, Duration interval) {
    public Place {
      if (!SignedNote.isName(origin)) {
        throw new IllegalArgumentException("not a log name: " + origin);
      }
    }

    /** Every second, beside the receipts' log of this name, with the head in the data directory. */
    public static Place in(Path dataDirectory, String logName) {
      return new Place(originOf(logName), headIn(dataDirectory), Duration.ofSeconds(1));
    }
  }

  /** The public name of the audit log of an appliance whose logs have this name. */
  public static String originOf(String logName) {
    return logName + "/audit";
  }

  /** Where the last signed head is kept in a data directory. */
  public static Path headIn(Path dataDirectory) {
    return dataDirectory.resolve("audit-head");
  }

  private final Database database;
  private final KeyRing keys;
  private final String origin;
  private final LogHead head;
  private final AuditTreeStore store = new AuditTreeStore();
  private final Sequencer sequencer;
  private final AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());

  public AuditTree(Database database, KeyRing keys, Place place) {
    this.database = database;
    this.keys = keys;
    this.origin = place.origin();
    this.head = new LogHead(place.headFile());
    this.sequencer = new Sequencer("audit", this::publish, place.interval());
  }

  /** Checks the kept head, signs what waits and goes on doing so. */
  public void start() {
    publish();
    sequencer.start();
  }

  /**
   * Numbers the entries that wait and signs the head over them; empty if there is nothing new, the
   * log is broken, or another node does it. Numbering is committed first: whatever happens then, an
   * index in a signed head is one that stays.
   */
  public Optional<Checkpoint> publish() {
    Round checked = round();
    if (!checked.hasWaiting() || fault().isPresent()) {
      return checked.signed();
    }
    int numbered = MOST;
    while (numbered == MOST) {
      numbered = database.inSystemTransaction(tx -> store.tryLead(tx) ? store.number(tx, MOST) : 0);
    }
    return round().signed();
  }

  /** Why nothing is signed any more, if so. */
  public Optional<String> fault() {
    return fault.get();
  }

  /** Whether this node may sign, and what whoever runs it can do if not. */
  public Probe probe() {
    return new Probe(
        "audit",
        () ->
            fault()
                .map(
                    why ->
                        why
                            + ": run \"aragora audit verify\"; restore what is lost, or accept the"
                            + " loss by moving the file audit-head aside on every node"));
  }

  /** How long the log is, and how many entries wait for their place in it. */
  public Watched watched() {
    return meters -> {
      AuditTreeStore.Length length = database.inSystemTransaction(store::length);
      meters.show(Meter.AUDIT_LEAVES, length.leaves());
      meters.show(Meter.AUDIT_WAITING, length.waiting());
    };
  }

  public String origin() {
    return origin;
  }

  /** The newest signed head; empty only before the first start. */
  public Optional<byte[]> checkpointNote() {
    return database.inSystemTransaction(store::newestNote);
  }

  /** The last head this node knows of, from outside the database. */
  public Optional<byte[]> keptHead() {
    return head.read();
  }

  /** The keys that heads of this log may be signed with. */
  public List<VerifyKey> trusted() {
    return keys.publicKeys().keys(KeyPurpose.CHECKPOINT);
  }

  /** The proof of an entry's place; empty until a signed head covers it. */
  public Optional<AuditProof> proof(Tx tx, UUID entry) {
    Optional<byte[]> note = store.newestNote(tx);
    return note.map(Checkpoint::unverified)
        .flatMap(
            signed ->
                store
                    .index(tx, entry)
                    .filter(index -> index < signed.size())
                    .map(index -> proof(tx, index, signed.size(), note.get())));
  }

  /** Stops after the publication in hand. */
  @Override
  public void close() {
    sequencer.close();
  }

  private AuditProof proof(Tx tx, long index, long size, byte[] note) {
    var path = tree(tx, size).inclusion(index);
    return new AuditProof(
        index,
        size,
        store.hashes(tx, 0, index, 1).getFirst().hex(),
        path.hashes().stream().map(Sha256::hex).toList(),
        new String(note, StandardCharsets.UTF_8));
  }

  /** What one look at the log led to. */
  private record Round(Optional<Checkpoint> signed, boolean hasWaiting) {
    static final Round NOTHING = new Round(Optional.empty(), false);
  }

  /** Nothing of a round stays when it finds the log broken. */
  private Round round() {
    try {
      return database.inSystemTransaction(this::round);
    } catch (VerificationFault broken) {
      tell(broken.message());
    } catch (IllegalStateException gap) {
      tell("leaves are missing: " + gap.getMessage());
    }
    return Round.NOTHING;
  }

  private Round round(Tx tx) {
    if (!store.tryLead(tx)) {
      return Round.NOTHING;
    }
    AuditTreeStore.State state = store.state(tx);
    Optional<Checkpoint> signed = isCurrent(state) ? Optional.empty() : sign(tx, state);
    fault.set(Optional.empty());
    return new Round(signed, state.hasWaiting());
  }

  private Optional<Checkpoint> sign(Tx tx, AuditTreeStore.State state) {
    var tree =
        TreeGrowth.grow(
            (level, from, count) -> store.hashes(tx, level, from, count),
            (level, from, roots) -> store.addNodes(tx, level, from, roots),
            state.note().map(note -> Checkpoint.unverified(note).size()).orElse(0L),
            state.size());
    for (byte[] note : Stream.of(head.read(), state.note()).flatMap(Optional::stream).toList()) {
      Continuity.broken(origin, tree, note, trusted())
          .ifPresent(
              broken -> {
                throw new VerificationFault("continuity", broken);
              });
    }
    return sign(tx, state, tree);
  }

  /** The file is written first: a head may be unknown to the database, never to the file. */
  private Optional<Checkpoint> sign(Tx tx, AuditTreeStore.State state, TreeReader tree) {
    var checkpoint = new Checkpoint(origin, state.size(), tree.root(state.size()));
    Optional<byte[]> stored =
        state.note().filter(note -> Checkpoint.unverified(note).equals(checkpoint));
    if (stored.isPresent()) {
      head.write(stored.get());
      return Optional.empty();
    }
    byte[] note = checkpoint.sign(keys.checkpointSigner());
    head.write(note);
    store.addCheckpoint(tx, state.size(), note);
    return Optional.of(checkpoint);
  }

  private void tell(String broken) {
    if (!fault.getAndSet(Optional.of(broken)).equals(Optional.of(broken))) {
      LOG.log(System.Logger.Level.ERROR, "the audit log is not signed: {0}", broken);
    }
  }

  private boolean isCurrent(AuditTreeStore.State state) {
    Optional<byte[]> kept = head.read();
    return state.note().isPresent()
        && kept.isPresent()
        && Arrays.equals(state.note().get(), kept.get())
        && Checkpoint.unverified(kept.get()).size() == state.size();
  }

  private TreeReader tree(Tx tx, long size) {
    return new TreeReader((level, from, count) -> store.hashes(tx, level, from, count), size);
  }
}
