package io.aragora.platform.secret;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.Tx;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data keys of workspaces: made at first use, read and unwrapped in each transaction. None is
 * cached: a key whose transaction was rolled back must not seal anything, and unwrapping one costs
 * microseconds.
 */
final class DataKeys {
  private final SecretKeyStore store;
  private final MasterKeys masters;
  private final InstantSource clock;
  private final SecureRandom random;

  DataKeys(SecretKeyStore store, MasterKeys masters, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.masters = masters;
    this.clock = clock;
    this.random = random;
  }

  /** The key that seals now, made if there is none. */
  AesKey current(Tx tx, WorkspaceId workspace) {
    return store
        .current(tx, workspace)
        .or(
            () -> {
              make(tx, workspace, 1);
              return store.current(tx, workspace);
            })
        .map(key -> unwrap(workspace, key))
        .orElseThrow(() -> new SecretFault("workspace " + workspace + " has no data key"));
  }

  Optional<AesKey> find(Tx tx, WorkspaceId workspace, int version) {
    return store.find(tx, workspace, version).map(key -> unwrap(workspace, key));
  }

  /** Makes a successor that seals from now on, if there is any; the older ones still open. */
  void renew(Tx tx, WorkspaceId workspace) {
    store
        .current(tx, workspace)
        .ifPresent(
            key -> {
              make(tx, workspace, key.version() + 1);
              store.retireBefore(tx, workspace, key.version() + 1, clock.instant());
            });
  }

  /** Puts all keys of a workspace under a master key; how many were not. */
  int rewrap(Tx tx, WorkspaceId workspace, MasterKeys.Master master) {
    List<SecretKeyStore.Wrapped> all = store.notUnder(tx, workspace, master.version());
    for (SecretKeyStore.Wrapped key : all) {
      byte[] plain = plain(workspace, key);
      store.rewrap(tx, workspace, key.version(), wrap(workspace, key.version(), plain, master));
      Arrays.fill(plain, (byte) 0);
    }
    return all.size();
  }

  /** Under the two newest master keys in force: a node that lacks the newest can still open it. */
  private void make(Tx tx, WorkspaceId workspace, int version) {
    List<MasterKeys.Master> here =
        store.keepMasters(tx).stream().map(this::own).flatMap(Optional::stream).limit(2).toList();
    if (here.isEmpty()) {
      throw new KeyFault("this node has none of the key files in force: copy the keys folder");
    }
    byte[] plain = new byte[AesKey.BYTES];
    random.nextBytes(plain);
    List<SecretKeyStore.Wrap> wraps =
        here.stream().map(master -> wrap(workspace, version, plain, master)).toList();
    Arrays.fill(plain, (byte) 0);
    store.insert(
        tx,
        workspace,
        new SecretKeyStore.Wrapped(version, wraps.getFirst(), wraps.stream().skip(1).findFirst()),
        clock.instant());
  }

  private AesKey unwrap(WorkspaceId workspace, SecretKeyStore.Wrapped key) {
    byte[] plain = plain(workspace, key);
    var unwrapped = new AesKey(key.version(), plain);
    Arrays.fill(plain, (byte) 0);
    return unwrapped;
  }

  private byte[] plain(WorkspaceId workspace, SecretKeyStore.Wrapped key) {
    for (var wrap : Stream.concat(Stream.of(key.now()), key.before().stream()).toList()) {
      Optional<MasterKeys.Master> master = masters.find(wrap.master());
      if (master.isPresent()) {
        return master
            .get()
            .key()
            .decrypt(wrap.bytes(), place(workspace, key.version(), wrap.master()))
            .orElseThrow(
                () ->
                    new SecretFault(
                        "data key %d of %s does not open with %s: it was moved or changed, or the file is of another appliance"
                            .formatted(key.version(), workspace, masters.path(wrap.master()))));
      }
    }
    throw new KeyFault(
        "%s is missing here: copy it from the node where the keys were rotated"
            .formatted(masters.path(key.now().master())));
  }

  private SecretKeyStore.Wrap wrap(
      WorkspaceId workspace, int version, byte[] plain, MasterKeys.Master master) {
    byte[] place = place(workspace, version, master.version());
    return new SecretKeyStore.Wrap(master.version(), master.key().encrypt(plain, place));
  }

  /** This node's own copy, if it is the same key. */
  private Optional<MasterKeys.Master> own(SecretKeyStore.KnownMaster known) {
    return masters.find(known.version()).filter(each -> each.print().equals(known.print()));
  }

  private static byte[] place(WorkspaceId workspace, int version, int master) {
    return ByteBuffer.allocate(4 + 16 + 4 + 4)
        .putInt(0x6b657931)
        .putLong(workspace.value().getMostSignificantBits())
        .putLong(workspace.value().getLeastSignificantBits())
        .putInt(version)
        .putInt(master)
        .array();
  }
}
