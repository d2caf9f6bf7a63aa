package io.aragora.system.node;

import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.KeyStatement;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.KnownSchema;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Probe;
import io.aragora.platform.observe.Watched;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Decides whether this node may join the others on its database: it waits a while for the database,
 * and refuses another schema, other signing keys or a full disk before anything is signed.
 */
public final class Joining {
  private static final System.Logger LOG = System.getLogger(Joining.class.getName());
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

  private final Database database;
  private final Duration patience;
  private final InstantSource clock;
  private final NodeStore store = new NodeStore();

  /** {@code patience} is how long a database that is not there yet is waited for. */
  public Joining(Database database, Duration patience, InstantSource clock) {
    this.database = database;
    this.patience = patience;
    this.clock = clock;
  }

  /** Returns once the database answers and has a schema that is known. */
  public void requireSchema(KnownSchema known) {
    await(database, patience);
    String applied = database.inSystemTransaction(store::schema).orElse("0");
    known
        .refusal(applied)
        .ifPresent(
            refusal -> {
              throw new NodeFault(refusal);
            });
  }

  /** Refuses when a probe already finds a fault. */
  public static void require(Probe probe) {
    probe
        .fault()
        .get()
        .ifPresent(
            fault -> {
              throw new NodeFault(fault);
            });
  }

  /** Opens this node's keys, which must be those that already sign on this database. */
  public KeyRing openKeys(Path folder, SecureRandom random, Predicate<KeyRing> signedTheLog) {
    boolean isFirst = database.inSystemTransaction(store::keys).isEmpty();
    if (!isFirst && KeyRing.isEmptyAt(folder)) {
      throw new NodeFault(
          "the folder %s holds no signing keys, but this database is already signed for: copy the keys folder of the first node there"
              .formatted(folder));
    }
    KeyRing keys = KeyRing.open(folder, clock, random);
    if (isFirst) {
      tellFirst(keys, folder, signedTheLog);
    }
    keyFault(keys)
        .ifPresent(
            fault -> {
              throw new NodeFault(fault + ": " + remedy(folder));
            });
    return keys;
  }

  /** Whether this node still has exactly the keys that may sign here. */
  public Probe keys(KeyRing keys) {
    return new Probe("keys", () -> keyFault(keys).map(fault -> fault + ": copy its keys folder"));
  }

  /** Whether this node's clock agrees with the database's, by which all nodes are timed. */
  public Probe clock() {
    return clockCheck().probe();
  }

  /** How far the two clocks are apart, for whoever watches them drift. */
  public Watched skew() {
    ClockCheck check = clockCheck();
    return meters -> meters.show(Meter.CLOCK_SKEW, check.skew().toNanos() / 1e9);
  }

  private ClockCheck clockCheck() {
    return new ClockCheck(() -> database.inSystemTransaction(store::now), clock);
  }

  private void tellFirst(KeyRing keys, Path folder, Predicate<KeyRing> signedTheLog) {
    if (!signedTheLog.test(keys)) {
      throw new NodeFault("the log in this database is signed with another key: " + remedy(folder));
    }
    Instant now = clock.instant();
    database.inSystemTransaction(
        tx -> {
          store.lockKeys(tx);
          // Two first nodes may start together: the one that comes second is held against these.
          if (store.keys(tx).isEmpty()) {
            keys.publicKeys().statements().forEach(key -> store.addKey(tx, key, now));
          }
          return true;
        });
  }

  private Optional<String> keyFault(KeyRing keys) {
    Set<String> known = database.inSystemTransaction(store::keys);
    Set<String> own = names(keys.publicKeys().statements());
    var missing = new HashSet<>(known);
    missing.removeAll(own);
    if (!missing.isEmpty()) {
      return Optional.of("this node lacks the key " + missing.iterator().next() + " of the others");
    }
    own.removeAll(known);
    return own.stream()
        .findFirst()
        .map(stranger -> "this node has a key the others do not know, " + stranger);
  }

  private static Set<String> names(List<KeyStatement> statements) {
    var names = new HashSet<String>();
    statements.forEach(key -> names.add(key.purpose().wire() + "-" + key.keyId()));
    return names;
  }

  private static String remedy(Path folder) {
    return "make %s an exact copy of the first node's keys folder, or point this node at a database of its own"
        .formatted(folder);
  }

  /** Returns once the database answers; refuses when that takes longer than {@code patience}. */
  public static void await(Database database, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    for (boolean told = false; ; told = true) {
      try {
        database.inSystemTransaction(new NodeStore()::now);
        return;
      } catch (DatabaseFault absent) {
        if (absent.kind() != DatabaseFault.Kind.UNAVAILABLE || System.nanoTime() > end) {
          throw new NodeFault(
              "the database does not let this node in (%s): start PostgreSQL, or correct ARAGORA_DATABASE_URL, _USER and _PASSWORD_FILE"
                  .formatted(firstLine(absent)));
        }
        if (!told) {
          LOG.log(
              System.Logger.Level.WARNING,
              "waiting up to {0} s for the database: {1}",
              patience.toSeconds(),
              firstLine(absent));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static String firstLine(DatabaseFault fault) {
    return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
  }
}
