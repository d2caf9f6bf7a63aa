package io.aragora.platform.secret;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.Probe;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Seals secrets for the database: AES-256-GCM under a data key of each workspace, which is wrapped
 * by a key file that the database never sees. A sealed value opens only where it was sealed for.
 */
public final class SecretBox {
  /** The appliance's own data key stands under an id that is no workspace's. */
  static final WorkspaceId OWN = new WorkspaceId(new UUID(0, 0));

  private final Database database;
  private final MasterKeys masters;
  private final SecretKeyStore store = new SecretKeyStore();
  private final DataKeys keys;
  private final InstantSource clock;

  // Only keys whose rows are committed: the appliance's are made in transactions of their own.
  private final Map<Integer, AesKey> own = new ConcurrentHashMap<>();
  private volatile int ownVersion;

  private SecretBox(
      Database database, MasterKeys masters, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.masters = masters;
    this.clock = clock;
    this.keys = new DataKeys(store, masters, clock, random);
  }

  /**
   * Opens the key files in a folder, makes the first of an appliance, or refuses with a {@link
   * KeyFault} that says which file is missing, damaged or another node's.
   */
  public static SecretBox open(
      Database database, Path folder, InstantSource clock, SecureRandom random) {
    var box = new SecretBox(database, MasterKeys.in(folder, random), clock, random);
    // Loaded before the first transaction: a slow machine takes seconds over it, and the database
    // cuts off who waits so long inside one.
    new AesKey(1, new byte[AesKey.BYTES]).encrypt(new byte[0], new byte[0]);
    box.join();
    return box;
  }

  /** Seals a value for a row of the workspace; {@code where} is {@code table|column|row id}. */
  public byte[] seal(Tx tx, WorkspaceId workspace, String where, byte[] plain) {
    return seal(keys.current(tx, workspace), workspace, where, plain);
  }

  public byte[] open(Tx tx, WorkspaceId workspace, String where, byte[] sealed) {
    Sealed read = Sealed.read(sealed);
    return open(keys.find(tx, workspace, read.keyVersion()), workspace, where, read);
  }

  /** Seals a value for a row that belongs to no workspace, such as a person's. */
  public byte[] sealOwn(String where, byte[] plain) {
    return seal(ownKey(ownVersion).orElseThrow(), OWN, where, plain);
  }

  public byte[] openOwn(String where, byte[] sealed) {
    Sealed read = Sealed.read(sealed);
    return open(ownKey(read.keyVersion()), OWN, where, read);
  }

  /** Whether the data key that seals now sealed this. */
  public boolean isCurrent(Tx tx, WorkspaceId workspace, byte[] sealed) {
    return keys.current(tx, workspace).version() == Sealed.read(sealed).keyVersion();
  }

  /** As {@link #isCurrent}, for what {@link #sealOwn} sealed. */
  public boolean isOwnCurrent(byte[] sealed) {
    return ownVersion == Sealed.read(sealed).keyVersion();
  }

  /** Makes all that was ever sealed for a workspace unreadable, in backups to come too. */
  public void forget(Tx tx, WorkspaceId workspace) {
    store.delete(tx, workspace);
  }

  /** Changes keys while nodes run. */
  public Rotation rotation(List<SealedRows> rows) {
    return new Rotation(new Rotation.Parts(database, store, masters, keys, clock), this, rows);
  }

  /** Whether this node has the key files in force; also notices new ones. */
  public Probe probe() {
    return new Probe(
        "secrets",
        () -> {
          Optional<String> fault = fault();
          if (fault.isEmpty()) {
            refresh();
          }
          return fault;
        });
  }

  /** Learns which of the appliance's own keys seals now, and makes the first. */
  void refresh() {
    AesKey current = database.inTransaction(OWN, tx -> keys.current(tx, OWN));
    own.put(current.version(), current);
    ownVersion = current.version();
  }

  private void join() {
    if (database.inSystemTransaction(store::highestMaster) == 0) {
      masters.locked(
          () -> {
            int newest = masters.newest();
            var first = newest == 0 ? masters.make(1) : masters.find(newest).orElseThrow();
            // Two first nodes may start together: the one that comes second is held against this.
            Rotation.add(database, store, first, clock);
          });
    }
    fault()
        .ifPresent(
            fault -> {
              throw new KeyFault(fault);
            });
    refresh();
  }

  private Optional<String> fault() {
    List<SecretKeyStore.KnownMaster> known = database.inSystemTransaction(store::masters);
    for (SecretKeyStore.KnownMaster each : known) {
      Optional<MasterKeys.Master> here = masters.find(each.version());
      if (here.isPresent() && !here.get().print().equals(each.print())) {
        return Optional.of(
            "%s is not the key that this database's secrets are sealed with: copy the keys folder of another node, or restore it from a backup"
                .formatted(masters.path(each.version())));
      }
    }
    return known.stream().anyMatch(each -> masters.find(each.version()).isPresent())
        ? Optional.empty()
        : Optional.of(
            "%s is missing, and this database's secrets are sealed with it: copy the keys folder of another node, or restore it from a backup"
                .formatted(masters.path(known.getFirst().version())));
  }

  private Optional<AesKey> ownKey(int version) {
    AesKey known = own.get(version);
    if (known != null) {
      return Optional.of(known);
    }
    // Another node renewed the key: what seals there should seal here too.
    refresh();
    return Optional.ofNullable(own.get(version))
        .or(
            () -> {
              var found = database.inTransaction(OWN, tx -> keys.find(tx, OWN, version));
              found.ifPresent(key -> own.put(version, key));
              return found;
            });
  }

  private static byte[] seal(AesKey key, WorkspaceId workspace, String where, byte[] plain) {
    byte[] place = Sealed.place(workspace, key.version(), where);
    return new Sealed(key.version(), key.encrypt(plain, place)).bytes();
  }

  private static byte[] open(
      Optional<AesKey> key, WorkspaceId workspace, String where, Sealed sealed) {
    return key.flatMap(
            each ->
                each.decrypt(sealed.body(), Sealed.place(workspace, sealed.keyVersion(), where)))
        .orElseThrow(
            () -> new SecretFault("what is sealed in " + where + " was moved, changed or cut off"));
  }
}
