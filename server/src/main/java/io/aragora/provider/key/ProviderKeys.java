package io.aragora.provider.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.json.Json;
import io.aragora.platform.person.PersonalData;
import io.aragora.platform.secret.SealedRows;
import io.aragora.platform.secret.SecretBox;
import io.aragora.platform.secret.SecretFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the keys with which a workspace pays a provider itself. They go in and never come out but
 * into a call: each is opened for one call and not kept in memory.
 */
public final class ProviderKeys {
  private static final System.Logger LOG = System.getLogger(ProviderKeys.class.getName());
  private static final Duration WAIT = Duration.ofMillis(250);
  private static final int TRIES = 3;
  private static final long ABSENCE_KNOWN = Duration.ofSeconds(5).toNanos();
  private static final int MOST_ABSENT = 4_096;
  private static final int SHOWN = 4;
  private static final int SHORTEST_SHOWN = 16;

  private final Database database;
  private final SecretBox box;
  private final AuditLog audit;
  private final InstantSource clock;
  private final ProviderKeyStore store = new ProviderKeyStore();
  // Most workspaces have no key of their own: that, and only that, is remembered for a moment.
  private final Map<String, Long> absent = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  public ProviderKeys(Database database, SecretBox box, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.box = box;
    this.audit = audit;
    this.clock = clock;
  }

  /** Sets or replaces a workspace's key, used from the next call on; the same again is nothing. */
  public void set(WorkspaceId workspace, ActorId actor, String provider, String key) {
    var kept = new KeptKey(provider, clock.instant(), actor, end(key));
    byte[] plain = key.getBytes(StandardCharsets.US_ASCII);
    database.doInTransaction(
        workspace,
        tx -> {
          if (!isKept(tx, workspace, provider, plain)) {
            store.put(tx, workspace, kept, box.seal(tx, workspace, where(provider), plain));
            audit.append(
                tx,
                workspace,
                AuditNote.of("providers.set_key", "provider", provider)
                    .with("last_four", kept.lastFour()));
          }
        });
    Arrays.fill(plain, (byte) 0);
    changes.incrementAndGet();
    absent.clear();
  }

  /** Removes a workspace's key, if it has one: its calls use the appliance's again. */
  public void remove(WorkspaceId workspace, String provider) {
    database.doInTransaction(
        workspace,
        tx -> {
          if (store.delete(tx, workspace, provider)) {
            audit.append(tx, workspace, AuditNote.of("providers.remove_key", "provider", provider));
          }
        });
  }

  /** What may be told of a workspace's keys. */
  public List<KeptKey> list(WorkspaceId workspace) {
    return database.inTransaction(workspace, tx -> store.list(tx, workspace));
  }

  /** The key for one call; a database that is away for a moment is waited for. */
  public OwnKey own(WorkspaceId workspace, String provider, Deadline deadline) {
    for (int tries = 1; ; tries++) {
      try {
        return find(workspace, provider).<OwnKey>map(OwnKey.Kept::new).orElseGet(OwnKey.None::new);
      } catch (SecretFault | KeyFault unreadable) {
        LOG.log(System.Logger.Level.WARNING, "{0}", unreadable.getMessage());
        return new OwnKey.Unreadable();
      } catch (DatabaseFault away) {
        if (tries == TRIES || deadline.left().compareTo(WAIT) <= 0 || !rest()) {
          return new OwnKey.Unknown();
        }
      }
    }
  }

  private Optional<String> find(WorkspaceId workspace, String provider) {
    String place = place(workspace, provider);
    Long since = absent.get(place);
    if (since != null && System.nanoTime() - since < ABSENCE_KNOWN) {
      return Optional.empty();
    }
    long before = changes.get();
    Optional<String> found = database.inTransaction(workspace, tx -> open(tx, workspace, provider));
    // A key set between looking and noting must not be noted as absent.
    if (found.isEmpty() && changes.get() == before) {
      if (absent.size() >= MOST_ABSENT) {
        absent.clear();
      }
      absent.put(place, System.nanoTime());
    }
    return found;
  }

  /** What is kept of keys that a person set: they are the workspace's, so shown and not erased. */
  public static PersonalData person() {
    return new PersonalData() {
      @Override
      public String name() {
        return "provider_keys";
      }

      @Override
      public JsonNode export(Tx tx, WorkspaceId workspace, AccountId account) {
        return Json.toTree(new ProviderKeyStore().setBy(tx, workspace, account));
      }
    };
  }

  /** Its rows, for new data keys. */
  public static SealedRows rows() {
    return new SealedRows() {
      @Override
      public int reseal(Tx tx, WorkspaceId workspace, SecretBox box, int most) {
        return resealAll(tx, workspace, box, most);
      }
    };
  }

  private static int resealAll(Tx tx, WorkspaceId workspace, SecretBox box, int most) {
    var store = new ProviderKeyStore();
    List<ProviderKeyStore.Line> stale =
        store.lock(tx, workspace).stream()
            .filter(line -> !box.isCurrent(tx, workspace, line.sealed()))
            .limit(most)
            .toList();
    for (ProviderKeyStore.Line line : stale) {
      byte[] plain = box.open(tx, workspace, where(line.provider()), line.sealed());
      store.reseal(
          tx, workspace, line.provider(), box.seal(tx, workspace, where(line.provider()), plain));
      Arrays.fill(plain, (byte) 0);
    }
    return stale.size();
  }

  /** Whether nobody wants this thread to stop. */
  private static boolean rest() {
    try {
      Thread.sleep(WAIT);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isKept(Tx tx, WorkspaceId workspace, String provider, byte[] plain) {
    return store
        .find(tx, workspace, provider)
        .map(bytes -> box.open(tx, workspace, where(provider), bytes))
        .map(kept -> MessageDigest.isEqual(kept, plain))
        .orElse(false);
  }

  private Optional<String> open(Tx tx, WorkspaceId workspace, String provider) {
    return store
        .find(tx, workspace, provider)
        .map(bytes -> box.open(tx, workspace, where(provider), bytes))
        .map(plain -> new String(plain, StandardCharsets.US_ASCII));
  }

  /** A short key would be half told by its end. */
  private static String end(String key) {
    return key.length() < SHORTEST_SHOWN ? "" : key.substring(key.length() - SHOWN);
  }

  private static String where(String provider) {
    return "provider_key|sealed|" + provider;
  }

  private static String place(WorkspaceId workspace, String provider) {
    return workspace + "|" + provider;
  }
}
