package io.aragora.transparency;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.ConsistencyProof;
import io.aragora.platform.merkle.LogHead;
import io.aragora.platform.merkle.Sequencer;
import io.aragora.platform.merkle.TreeReader;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Watched;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The append-only log of receipts: takes leaves, signs its head, proves what is in it. */
public final class TransparencyLog implements AutoCloseable {
  private static final int SALT_BYTES = 16;

  private final Database database;
  private final LogSettings settings;
  private final RandomGenerator random;
  private final OriginStore origins = new OriginStore();
  private final LeafStore leaves = new LeafStore();
  private final Publisher publisher;
  private final Succession succession;
  private final Sequencer sequencer;

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public TransparencyLog(
      Database database,
      KeyRing keys,
      LogSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.database = database;
    this.settings = settings;
    this.random = random;
    var head = new LogHead(settings.headFile());
    this.publisher = new Publisher(origins, leaves, keys, head, clock);
    this.succession = new Succession(origins, leaves, head);
    this.sequencer = new Sequencer("log", this::publish, settings.interval());
  }

  /** Checks the head, publishes the first checkpoint and starts the sequencer. */
  public void start() {
    open();
    sequencer.start();
  }

  /** As {@link #start()} without the sequencer, for one-off commands and tests. */
  public void open() {
    database.inSystemTransaction(
        tx -> {
          origins.addFirstOrigin(tx, settings.origin());
          return true;
        });
    publish();
  }

  /**
   * Adds a leaf in the caller's transaction, or refuses with LOG_READ_ONLY. Call it last: from here
   * to the commit all other appenders wait.
   */
  public Leaf append(Tx tx, WorkspaceId workspace, ReceiptId receipt, Sha256 payloadSha256) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var entry = new LeafEntry(receipt, payloadSha256, blind(salt, workspace));
    Leaf leaf =
        leaves
            .append(tx, entry, workspace, salt)
            .orElseThrow(
                () ->
                    Refusal.of(
                        ErrorCode.LOG_READ_ONLY,
                        "the transparency log does not continue its last signed head"));
    sequencer.count();
    return leaf;
  }

  /** Signs a checkpoint over all committed leaves if there are new ones and nobody else does. */
  public Optional<Checkpoint> publish() {
    return database.inSystemTransaction(
        tx -> origins.tryLead(tx) ? publisher.publish(tx) : Optional.empty());
  }

  /** The proof file of a receipt; empty until a checkpoint covers it. */
  public Optional<TlogProof> proof(ReceiptId receipt) {
    return proof(database, receipt);
  }

  /** As {@link #proof(ReceiptId)}, where there are no keys to sign with: a copy, being checked. */
  public static Optional<TlogProof> proof(Database database, ReceiptId receipt) {
    return database.inSystemTransaction(tx -> new Proofs().of(tx, receipt));
  }

  /** Adds up the whole log of a database and holds it against every head signed over it. */
  public static LogVerdict verify(Database database, PublicKeys keys) {
    return database.inSystemTransaction(
        tx -> new LogCheck(tx, keys.keys(KeyPurpose.CHECKPOINT)).run());
  }

  /** Proves that the published tree of {@code to} leaves starts with that of {@code from}. */
  public ConsistencyProof consistency(long from, long to) {
    return database.inSystemTransaction(
        tx -> {
          OriginStore.Origin origin = current(tx);
          if (from < 0 || from > to || to > published(tx, origin)) {
            throw Refusal.of(
                ErrorCode.INVALID_QUERY, "no such part of the log: " + from + "-" + to);
          }
          return tree(tx, origin.no(), to).consistency(from);
        });
  }

  /** Whether the newest signed note in this database, if there is any, is by one of these keys. */
  public static boolean isSignedBy(Database database, KeyRing keys) {
    var origins = new OriginStore();
    return database
        .inSystemTransaction(
            tx -> origins.current(tx).flatMap(origin -> origins.newestNote(tx, origin.no())))
        .map(note -> Checkpoint.isSigned(note, keys.publicKeys().keys(KeyPurpose.CHECKPOINT)))
        .orElse(true);
  }

  /** The newest signed note of the log; empty only before the first start. */
  public Optional<byte[]> checkpointNote() {
    return database.inSystemTransaction(
        tx -> origins.current(tx).flatMap(origin -> origins.newestNote(tx, origin.no())));
  }

  public LogStatus status() {
    return database.inSystemTransaction(
        tx -> {
          OriginStore.Origin origin = current(tx);
          return new LogStatus(
              origin.name(), origin.size(), published(tx, origin), origin.closedBecause());
        });
  }

  /** How long the log is, and how much of it nobody has signed yet. */
  public Watched watched() {
    return meters -> {
      LogStatus now = status();
      meters.show(Meter.LOG_LEAVES, now.leaves());
      meters.show(Meter.LOG_UNSIGNED, now.leaves() - now.published());
      meters.show(Meter.LOG_OPEN, now.isOpen() ? 1 : 0);
    };
  }

  /**
   * Leaves a log that lost leaves behind and goes on under a new name that links back to it. Start
   * is not needed again; refuses with CONFLICT while the log is open.
   */
  public Checkpoint reopen(String newOrigin) {
    database.inSystemTransaction(
        tx -> {
          succession.reopen(tx, newOrigin);
          return true;
        });
    publish();
    return checkpointNote().map(Checkpoint::unverified).orElseThrow();
  }

  /** Stops the sequencer after the publication in hand. */
  @Override
  public void close() {
    sequencer.close();
  }

  /** A tile of hashes, or none if the published tree has no such tile of this width. */
  Optional<byte[]> tile(int level, TilePath path) {
    return database.inSystemTransaction(
        tx -> {
          OriginStore.Origin origin = current(tx);
          return path.isWithin(TreeReader.width(published(tx, origin), level))
              ? Optional.of(
                  TilePath.join(leaves.hashes(tx, origin.no(), level, path.from(), path.width())))
              : Optional.empty();
        });
  }

  /** The entries under a level 0 tile, each behind its length. */
  Optional<byte[]> entries(TilePath path) {
    return database.inSystemTransaction(
        tx -> {
          OriginStore.Origin origin = current(tx);
          return path.isWithin(published(tx, origin))
              ? Optional.of(
                  TilePath.bundle(leaves.entries(tx, origin.no(), path.from(), path.width())))
              : Optional.empty();
        });
  }

  private TreeReader tree(Tx tx, long originNo, long size) {
    return new TreeReader(
        (level, from, count) -> leaves.hashes(tx, originNo, level, from, count), size);
  }

  private OriginStore.Origin current(Tx tx) {
    return origins
        .current(tx)
        .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "the log has not been started yet"));
  }

  private long published(Tx tx, OriginStore.Origin origin) {
    return origins
        .newestNote(tx, origin.no())
        .map(note -> Checkpoint.unverified(note).size())
        .orElse(0L);
  }

  private static Sha256 blind(byte[] salt, WorkspaceId workspace) {
    return Sha256.of(salt, workspace.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
