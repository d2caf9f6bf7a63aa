package io.aragora.access;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.helidon.security.Security;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes, checks and revokes the keys callers come with. */
public final class Access {
  private static final System.Logger LOG = System.getLogger(Access.class.getName());
  private static final String BEARER = "bearer ";
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditLog audit;
  private final Keys keys;
  private final KeyCache cache = new KeyCache();

  public Access(Database database, Ids ids, InstantSource clock) {
    this(database, ids, clock, new AuditLog(ids, clock, new SecureRandom()));
  }

  public Access(Database database, Ids ids, InstantSource clock, AuditLog audit) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
    this.keys = new Keys(database, clock, audit);
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
    var draft = new AccessStore.Draft(name, permissions, now, now.plus(life), Optional.empty());
    return database.inTransaction(workspace, tx -> insert(tx, workspace, actor, draft));
  }

  /**
   * Makes a key for a caller, which can do no more than the caller; again, it gets a new secret.
   */
  public ShownKey createKey(Caller caller, UUID id, KeyWish wish) {
    ShownKey shown = keys.create(caller, id, wish);
    forget();
    return shown;
  }

  /** The keys a caller may know of, newest first. */
  public Page<KeyView> keys(Caller caller, int limit, Optional<String> cursor) {
    return keys.page(caller, limit, cursor);
  }

  /** Ends a key the caller may end; again changes nothing. */
  public void revoke(Caller caller, UUID key) {
    keys.revoke(caller, key);
    forget();
  }

  /**
   * Ends all keys of a member, in the transaction that ends the membership; then {@link #forget}.
   */
  public void revokeAll(Tx tx, WorkspaceId workspace, AccountId account) {
    keys.revokeAll(tx, workspace, account);
  }

  /**
   * The caller with this hash as it was at most two seconds ago, else as it is now. Whoever changes
   * what somebody may do calls {@link #forget} after the commit.
   */
  public Optional<Caller> remembered(String hash, Supplier<Optional<Caller>> lookUp) {
    return cache
        .find(hash)
        .or(
            () -> {
              long epoch = cache.epoch();
              Optional<Caller> found = lookUp.get();
              found.ifPresent(caller -> cache.put(hash, caller, epoch));
              return found;
            });
  }

  /** Looks everybody up again from now on, on this node; the others do within two seconds. */
  public void forget() {
    cache.clear();
  }

  /** Ends a key at once on this node, within two seconds on the others. */
  public void revoke(WorkspaceId workspace, UUID key) {
    Instant now = clock.instant();
    if (!database.inTransaction(workspace, tx -> keys.end(tx, workspace, key, now))) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "there is no such key alive");
    }
    forget();
  }

  /** Whoever holds this secret, if the key is alive. */
  public Optional<Caller> authenticate(String secret) {
    if (!Secrets.isWellFormed(secret)) {
      return Optional.empty();
    }
    String hash = Secrets.hash(secret);
    return remembered(hash, () -> lookUp(hash));
  }

  /** The web server's security: API keys first, then the other ways in, in order. */
  public Security security(List<CallerSource> others) {
    return security(others, caller -> caller);
  }

  /** As before; {@code standing} takes from callers what they may not do for now. */
  public Security security(List<CallerSource> others, UnaryOperator<Caller> standing) {
    var sources = new ArrayList<CallerSource>();
    sources.add(head -> bearer(head).flatMap(this::authenticate));
    sources.addAll(others);
    return Security.builder()
        .addAuthenticationProvider(new CallerProvider(sources, standing), "caller")
        .build();
  }

  private static Optional<String> bearer(CallerSource.Head head) {
    return head.only("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private Optional<Caller> lookUp(String hash) {
    Instant now = clock.instant();
    Optional<AccessStore.StoredKey> found =
        database
            .inSecretTransaction(hash, tx -> find(tx, hash))
            .filter(key -> Secrets.sameHash(key.hash(), hash) && key.isAlive(now));
    found.ifPresent(key -> noteUse(key, hash, now));
    return found.map(AccessStore.StoredKey::caller);
  }

  /** A member's key can do what its owner can now, and nothing once they are no member. */
  private static Optional<AccessStore.StoredKey> find(Tx tx, String hash) {
    return AccessStore.find(tx, hash)
        .flatMap(
            key ->
                key.caller()
                    .account()
                    .map(
                        owner -> {
                          tx.enter(owner);
                          return AccessStore.role(tx, key.caller().workspace(), owner)
                              .map(role -> key.within(role.permissions()));
                        })
                    .orElse(Optional.of(key)));
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
    var draft =
        new AccessStore.Draft(
            "first key", EnumSet.allOf(Permission.class), now, null, Optional.empty());
    return database.inTransaction(
        workspace,
        tx -> {
          if (!AccessStore.makeFirst(tx, workspace, name, now)) {
            throw Refusal.of(ErrorCode.CONFLICT, "another start makes the first workspace now");
          }
          audit.append(tx, workspace, AuditNote.of("workspaces.create", "workspace", workspace));
          NewKey key = insert(tx, workspace, new ActorId(ids.next()), draft);
          return new FirstKey(workspace, Optional.of(key));
        });
  }

  private NewKey insert(Tx tx, WorkspaceId workspace, ActorId actor, AccessStore.Draft draft) {
    var key = new NewKey(ids.next(), workspace, actor, keys.secret());
    AccessStore.insert(tx, key, draft);
    audit.append(tx, workspace, AuditNote.of("keys.create", "key", key.id()));
    return key;
  }
}
