package io.aragora.access;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The keys callers make for their programs. */
final class Keys {
  private static final Duration STANDARD_LIFE = Duration.ofDays(90);
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);
  private static final int MOST_ALIVE = 100;
  private static final int MOST_MADE_A_DAY = 200;
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final Database database;
  private final InstantSource clock;
  private final AuditLog audit;
  private final Secrets secrets = new Secrets();

  Keys(Database database, InstantSource clock, AuditLog audit) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
  }

  String secret() {
    return secrets.next();
  }

  /** The same id again means that the answer was lost: the key gets another secret, once unused. */
  ShownKey create(Caller caller, UUID id, KeyWish wish) {
    Instant now = clock.instant();
    Instant end = wish.expiresAt() == null ? now.plus(STANDARD_LIFE) : wish.expiresAt();
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE))) {
      throw Refusal.invalid("/expires_at", "range", "a key ends within the next 366 days");
    }
    Set<Permission> permissions = wish.permissions();
    String beyond =
        permissions.stream()
            .filter(each -> !caller.permissions().contains(each))
            .map(Permission::wire)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!beyond.isEmpty()) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "you cannot give what you do not hold: " + beyond);
    }
    var key = new NewKey(id, caller.workspace(), new ActorId(id), secret());
    var draft = new AccessStore.Draft(wish.name(), permissions, now, end, caller.account());
    return database.inTransaction(caller.workspace(), tx -> create(tx, key, draft));
  }

  private ShownKey create(Tx tx, NewKey key, AccessStore.Draft draft) {
    KeyStore.lockWorkspace(tx, key.workspace());
    if (KeyStore.find(tx, key.workspace(), key.id()).isPresent()) {
      if (!KeyStore.renew(tx, key, draft)) {
        throw Refusal.of(ErrorCode.CONFLICT, "this key was made and is used, or has ended");
      }
    } else {
      refuseTooMany(tx, key.workspace(), draft.now());
      AccessStore.insert(tx, key, draft);
      audit.append(
          tx,
          key.workspace(),
          AuditNote.of("keys.create", "key", key.id())
              .with("name", draft.name())
              .with("prefix", Secrets.prefix(key.secret())));
    }
    KeyView view = KeyStore.find(tx, key.workspace(), key.id()).orElseThrow();
    return new ShownKey(key.secret(), view);
  }

  private static void refuseTooMany(Tx tx, WorkspaceId workspace, Instant now) {
    if (KeyStore.alive(tx, workspace, now) >= MOST_ALIVE) {
      throw Refusal.of(
          ErrorCode.CONFLICT, "a workspace has at most 100 keys alive: revoke one first");
    }
    if (KeyStore.madeSince(tx, workspace, now.minus(Duration.ofDays(1))) >= MOST_MADE_A_DAY) {
      throw Refusal.of(ErrorCode.CONFLICT, "a workspace makes at most 200 keys a day");
    }
  }

  Page<KeyView> page(Caller caller, int limit, Optional<String> cursor) {
    Optional<List<String>> from = cursor.map(text -> Cursor.decode(text, 2));
    Instant before = from.map(parts -> Instant.parse(parts.getFirst())).orElse(END);
    UUID id = from.map(parts -> UUID.fromString(parts.getLast())).orElse(LAST);
    boolean all = caller.permissions().contains(Permission.READ_KEY);
    List<KeyView> found =
        database.inTransaction(
            caller.workspace(),
            tx ->
                all
                    ? KeyStore.page(tx, caller.workspace(), before, id, limit + 1)
                    : KeyStore.ownPage(tx, caller, before, id, limit + 1));
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    KeyView last = found.get(limit - 1);
    return new Page<>(
        found.subList(0, limit), Cursor.encode(last.createdAt().toString(), last.id().toString()));
  }

  void revoke(Caller caller, UUID key) {
    Instant now = clock.instant();
    WorkspaceId workspace = caller.workspace();
    database.doInTransaction(
        workspace,
        tx -> {
          KeyView found =
              KeyStore.find(tx, workspace, key)
                  .filter(each -> mayEnd(caller, each))
                  .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "there is no such key"));
          if (found.revokedAt() == null) {
            boolean unused = end(tx, workspace, key, now);
          }
        });
  }

  private static boolean mayEnd(Caller caller, KeyView key) {
    return caller.permissions().contains(Permission.REVOKE_KEY)
        || caller.account().map(own -> own.value().equals(key.accountId())).orElse(false)
        || caller.actor().value().equals(key.id());
  }

  boolean end(Tx tx, WorkspaceId workspace, UUID key, Instant now) {
    boolean ended = KeyStore.revoke(tx, workspace, key, now);
    if (ended) {
      audit.append(tx, workspace, AuditNote.of("keys.revoke", "key", key));
    }
    return ended;
  }

  void revokeAll(Tx tx, WorkspaceId workspace, AccountId account) {
    for (UUID key : KeyStore.revokeAll(tx, workspace, account, clock.instant())) {
      audit.append(tx, workspace, AuditNote.of("keys.revoke", "key", key));
    }
  }
}
