package io.aragora.access.session;

import io.aragora.access.Access;
import io.aragora.access.Caller;
import io.aragora.access.CallerSource;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Admitted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the person behind a request's cookie. */
final class SessionGate {
  private static final System.Logger LOG = System.getLogger(SessionGate.class.getName());

  /** How long a person may change how they sign in after they showed who they are. */
  private static final Duration PROVEN_FOR = Duration.ofMinutes(10);

  private static final Duration SEEN_NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Access access;
  private final InstantSource clock;
  private final Duration idle;
  private final SessionStore store = new SessionStore();
  private final PersonStore people = new PersonStore();

  SessionGate(Database database, Access access, InstantSource clock, Duration idle) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.idle = idle;
  }

  Optional<Caller> caller(CallerSource.Head head) {
    // Who comes with a key means the key; the cookie must not help a wrong one.
    if (values(head, "Authorization").findAny().isPresent()) {
      return Optional.empty();
    }
    Optional<String> token = SessionCookie.token(values(head, "Cookie").toList());
    Optional<Caller> caller = token.flatMap(this::caller);
    caller.ifPresent(known -> CsrfToken.require(head, token.orElseThrow()));
    return caller;
  }

  private static Stream<String> values(CallerSource.Head head, String name) {
    return head.headers().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .flatMap(List::stream);
  }

  private Optional<Caller> caller(String token) {
    String hash = SessionTokens.hash(token);
    return access.remembered(hash, () -> lookUp(hash));
  }

  /** A session that is alive, and whom it lets in. */
  private record Known(SessionStore.Found session, Caller caller) {}

  private Optional<Caller> lookUp(String hash) {
    Instant now = clock.instant();
    return database
        .inSecretTransaction(
            hash, tx -> alive(tx, hash, now).map(found -> new Known(found, caller(tx, found, now))))
        .map(
            known -> {
              noteSeen(known.session(), hash, now);
              return known.caller();
            });
  }

  private Optional<SessionStore.Found> alive(Tx tx, String hash, Instant now) {
    return store
        .find(tx, hash)
        .filter(
            found ->
                SessionTokens.same(found.tokenHash(), hash)
                    && found.active()
                    && !found.over()
                    && now.isBefore(found.expiresAt())
                    && now.isBefore(found.lastSeenAt().plus(idle)));
  }

  /** The role is read each time: what a person may do is never older than the cache. */
  private Caller caller(Tx tx, SessionStore.Found session, Instant now) {
    tx.enter(session.account());
    Optional<Role> role =
        session
            .workspace()
            .flatMap(place -> people.role(tx, place, session.account()))
            .flatMap(Role::ofWire);
    Set<Permission> permissions = role.map(Role::permissions).orElse(Set.of());
    WorkspaceId workspace =
        session.workspace().filter(place -> role.isPresent()).orElse(Admitted.NOWHERE);
    Caller person = Caller.person(workspace, session.account(), session.id(), permissions);
    return now.isBefore(session.provenAt().plus(PROVEN_FOR)) ? person.proven() : person;
  }

  /** Beside the look-up: a full disk must not turn those away who only want to read. */
  private void noteSeen(SessionStore.Found session, String hash, Instant now) {
    if (session.lastSeenAt().plus(SEEN_NOTED_EVERY).isBefore(now)) {
      try {
        boolean unused =
            database.inSecretTransaction(hash, tx -> store.seen(tx, session.id(), now));
      } catch (DatabaseFault unwritten) {
        LOG.log(System.Logger.Level.DEBUG, "a session was not noted: {0}", unwritten.kind());
      }
    }
  }
}
