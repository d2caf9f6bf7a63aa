package io.aragora.access;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.helidon.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes, checks and revokes the keys callers come with. */
public final class Access {
  private static final System.Logger LOG = System.getLogger(Access.class.getName());
  private static final String BEARER = "bearer ";
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();
  private final KeyCache cache = new KeyCache();

  public Access(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /** Makes the first workspace and its key with all permissions; a second call makes nothing. */
  public FirstKey bootstrap(String workspaceName) {
    var fresh = new WorkspaceId(ids.next());
    return database
        .inSystemTransaction(AccessStore::firstWorkspace)
        .map(found -> new FirstKey(found, Optional.empty()))
        .orElseGet(() -> makeFirst(fresh, workspaceName));
  }

  /** Makes a key that ends after {@code life}. */
  public NewKey createKey(
      WorkspaceId workspace,
      ActorId actor,
      String name,
      Set<Permission> permissions,
      Duration life) {
    Instant now = clock.instant();
    var draft = new AccessStore.Draft(name, permissions, now, now.plus(life));
    return database.inTransaction(workspace, tx -> insert(tx, workspace, actor, draft));
  }

  /** Ends a key at once on this node, within two seconds on the others. */
  public void revoke(WorkspaceId workspace, UUID key) {
    Instant now = clock.instant();
    if (!database.inTransaction(workspace, tx -> AccessStore.revoke(tx, workspace, key, now))) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "there is no such key alive");
    }
    cache.clear();
  }

  /** Whoever holds this secret, if the key is alive. */
  public Optional<Caller> authenticate(String secret) {
    if (!Secrets.isWellFormed(secret)) {
      return Optional.empty();
    }
    String hash = Secrets.hash(secret);
    return cache.find(hash).or(() -> lookUp(hash));
  }

  /** The web server's security: API keys first, then the other ways in, in order. */
  public Security security(List<CallerSource> others) {
    var sources = new ArrayList<CallerSource>();
    sources.add(head -> bearer(head).flatMap(this::authenticate));
    sources.addAll(others);
    return Security.builder()
        .addAuthenticationProvider(new CallerProvider(sources), "caller")
        .build();
  }

  private static Optional<String> bearer(CallerSource.Head head) {
    return head.only("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private Optional<Caller> lookUp(String hash) {
    Instant now = clock.instant();
    long epoch = cache.epoch();
    Optional<AccessStore.StoredKey> found =
        database
            .inSecretTransaction(hash, tx -> AccessStore.find(tx, hash))
            .filter(key -> Secrets.sameHash(key.hash(), hash) && key.isAlive(now));
    found.ifPresent(
        key -> {
          noteUse(key, hash, now);
          cache.put(hash, key.caller(), epoch);
        });
    return found.map(AccessStore.StoredKey::caller);
  }

  /** Beside the look-up: a full disk must not turn those away who only want to read. */
  private void noteUse(AccessStore.StoredKey key, String hash, Instant now) {
    if (key.lastUsedAt().map(last -> last.plus(USE_NOTED_EVERY).isBefore(now)).orElse(true)) {
      try {
        database.inSecretTransaction(hash, tx -> AccessStore.used(tx, key.id(), now));
      } catch (DatabaseFault unwritten) {
        LOG.log(System.Logger.Level.DEBUG, "the use of a key was not noted: {0}", unwritten.kind());
      }
    }
  }

  private FirstKey makeFirst(WorkspaceId workspace, String name) {
    Instant now = clock.instant();
    var draft = new AccessStore.Draft("first key", EnumSet.allOf(Permission.class), now, null);
    return database.inTransaction(
        workspace,
        tx -> {
          if (!AccessStore.makeFirst(tx, workspace, name, now)) {
            throw Refusal.of(ErrorCode.CONFLICT, "another start makes the first workspace now");
          }
          NewKey key = insert(tx, workspace, new ActorId(ids.next()), draft);
          return new FirstKey(workspace, Optional.of(key));
        });
  }

  private NewKey insert(Tx tx, WorkspaceId workspace, ActorId actor, AccessStore.Draft draft) {
    var key = new NewKey(ids.next(), workspace, actor, secrets.next());
    AccessStore.insert(tx, key, draft);
    return key;
  }
}
