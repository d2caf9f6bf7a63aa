package io.aragora.platform.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The appliance's own signing keys: made on first start, kept for ever as files that only their
 * owner can read. The newest key in force signs; all of them are published.
 */
public final class KeyRing {
  private final KeyFiles files;
  private final InstantSource clock;
  private final SecureRandom random;
  private final AtomicReference<List<OwnKey>> keys = new AtomicReference<>(List.of());

  private KeyRing(KeyFiles files, InstantSource clock, SecureRandom random) {
    this.files = files;
    this.clock = clock;
    this.random = random;
  }

  /** Opens the directory, makes what is missing, or refuses with a {@link KeyFault}. */
  public static KeyRing open(Path directory, InstantSource clock, SecureRandom random) {
    var ring = new KeyRing(KeyFiles.in(directory), clock, random);
    ring.files.locked(
        () -> {
          ring.load();
          for (KeyPurpose purpose : KeyPurpose.values()) {
            if (ring.of(purpose).isEmpty()) {
              ring.make(purpose, ring.now());
            }
          }
        });
    return ring;
  }

  /** The public keys of a directory, which is left as it is; none where it holds none. */
  public static PublicKeys publicKeysAt(Path directory) {
    return new PublicKeys(
        KeyFiles.statementsAt(directory).stream()
            .sorted(Comparator.comparing(KeyStatement::notBefore))
            .toList());
  }

  /** Whether no key was ever kept in this directory. */
  public static boolean isEmptyAt(Path directory) {
    return KeyFiles.isEmptyAt(directory);
  }

  public Signer receiptSigner() {
    return active(KeyPurpose.RECEIPT);
  }

  public Signer checkpointSigner() {
    return active(KeyPurpose.CHECKPOINT);
  }

  /** Every key of this ring, oldest first. */
  public PublicKeys publicKeys() {
    return new PublicKeys(keys.get().stream().map(OwnKey::statement).toList());
  }

  /** Adds a successor that is published now and signs from {@code notBefore} on. */
  public KeyStatement introduce(KeyPurpose purpose, Instant notBefore) {
    files.locked(
        () -> {
          load();
          make(purpose, notBefore.truncatedTo(ChronoUnit.MILLIS));
        });
    return of(purpose).getLast().statement();
  }

  @Override
  public String toString() {
    return "key ring of " + keys.get().size() + " keys";
  }

  private Signer active(KeyPurpose purpose) {
    Instant now = now();
    return of(purpose).stream()
        .filter(each -> each.statement().isInForceAt(now))
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> new KeyFault("no " + purpose.wire() + " key is in force at " + now))
        .signer();
  }

  private List<OwnKey> of(KeyPurpose purpose) {
    return keys.get().stream().filter(each -> each.statement().purpose() == purpose).toList();
  }

  private void make(KeyPurpose purpose, Instant notBefore) {
    files.keep(purpose, Signer.generate(random), notBefore);
    load();
  }

  private void load() {
    keys.set(
        files.load(now()).stream()
            .sorted(Comparator.comparing(each -> each.statement().notBefore()))
            .toList());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A key of ours with both halves. */
  record OwnKey(KeyStatement statement, Signer signer) {}
}
