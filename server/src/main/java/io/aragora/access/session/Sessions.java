package io.aragora.access.session;

import io.aragora.access.Access;
import io.aragora.access.Caller;
import io.aragora.access.CallerSource;
import io.aragora.access.Person;
import io.aragora.access.PersonSource;
import io.aragora.access.Role;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.observe.DoerScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Begins, knows and ends the sessions of people. */
public final class Sessions implements CallerSource, PersonSource {
  private static final Duration ENDED_KEPT = Duration.ofDays(30);
  private static final int MOST_ALIVE = 50;
  private static final int LONGEST_AGENT = 200;
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final Database database;
  private final Access access;
  private final Trail trail;
  private final Ids ids;
  private final InstantSource clock;
  private final Life life;
  private final SessionTokens tokens = new SessionTokens();
  private final SessionStore store = new SessionStore();
  private final PersonStore people = new PersonStore();
  private final SessionGate gate;

  /** How long a session lasts without a request, and at all. */
  public record Life(Duration idle, Duration longest) {}

  public Sessions(
      Database database, Access access, Trail trail, Ids ids, InstantSource clock, Life life) {
    this.database = database;
    this.access = access;
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
    this.life = life;
    this.gate = new SessionGate(database, access, clock, life.idle());
  }

  /** Begins a session of a person who showed who they are: always with a new token. */
  public NewSession begin(AccountId account, Strength by, Browser browser) {
    return begin(account, new Shown(by, clock.instant()), browser);
  }

  /** As {@link #begin(AccountId, Strength, Browser)}, by what was shown to others before. */
  public NewSession begin(AccountId account, Shown shown, Browser browser) {
    NewSession session =
        database.inAccountTransaction(account, tx -> begin(tx, account, shown, browser));
    forget(browser);
    return session;
  }

  /** After the commit: a session that this browser had before may have ended. */
  public void forget(Browser browser) {
    if (browser.cookies().isPresent()) {
      access.forget();
    }
  }

  /**
   * As {@link #begin(AccountId, Strength, Browser)}, in the transaction that found it out; then
   * {@link #forget}. A session that this browser had of the same person ends.
   */
  public NewSession begin(Tx tx, AccountId account, Shown shown, Browser browser) {
    tx.enter(account);
    if (!people.isActive(tx, account)) {
      throw Refusal.of(ErrorCode.UNAUTHENTICATED, "this account cannot sign in");
    }
    Instant now = clock.instant();
    store.makeRoom(tx, account, now, now.minus(ENDED_KEPT), MOST_ALIVE);
    SessionCookie.token(browser.cookies().stream().toList())
        .ifPresent(before -> store.replaced(tx, account, SessionTokens.hash(before), now));
    String token = tokens.next();
    var session =
        new NewSession(
            ids.next(),
            account,
            people.lastWorkspace(tx, account),
            token,
            SessionTokens.csrf(token),
            now.plus(life.longest()),
            life.longest());
    Optional<String> address = DoerScope.current().address();
    Optional<String> agent = browser.agent().map(Sessions::harmless);
    store.insert(tx, new SessionStore.Draft(session, shown, now, address, agent));
    trail.note(
        tx,
        account,
        session.workspace(),
        AuditNote.of("sessions.create", "session", session.id()).with("by", shown.by().wire()),
        new Doer(Doer.Kind.PERSON, account.actor(), address));
    return session;
  }

  @Override
  public Optional<Caller> caller(Head head) {
    return gate.caller(head);
  }

  @Override
  public Optional<Person> person(Caller caller, Optional<String> cookies) {
    return caller
        .session()
        .flatMap(
            session ->
                database.inAccountTransaction(
                    caller.person(), tx -> PersonReading.read(tx, caller, session, cookies)));
  }

  /** The person's sessions that are alive, newest first. */
  public Page<SessionView> page(Caller caller, int limit, Optional<String> cursor) {
    Optional<List<String>> from = cursor.map(text -> Cursor.decode(text, 2));
    var place =
        new SessionStore.Place(
            from.map(parts -> Instant.parse(parts.getFirst())).orElse(END),
            from.map(parts -> UUID.fromString(parts.getLast())).orElse(LAST),
            limit + 1);
    AccountId account = caller.person();
    UUID current = caller.session().orElseThrow();
    List<SessionView> found =
        database.inAccountTransaction(
            account, tx -> store.page(tx, account, current, clock.instant(), place));
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    SessionView last = found.get(limit - 1);
    return new Page<>(
        found.subList(0, limit), Cursor.encode(last.createdAt().toString(), last.id().toString()));
  }

  /** Ends one of the person's sessions; again changes nothing. */
  public void end(Caller caller, UUID session) {
    AccountId account = caller.person();
    boolean known =
        database.inAccountTransaction(
            account,
            tx -> {
              if (store.end(tx, account, session, clock.instant())) {
                note(tx, caller, AuditNote.of("sessions.revoke", "session", session));
                return true;
              }
              return store.exists(tx, account, session);
            });
    if (!known) {
      throw Refusal.of(ErrorCode.NOT_FOUND, "you have no such session");
    }
    access.forget();
  }

  /** Ends all of the person's sessions but the one that asks. */
  public void endOthers(Caller caller) {
    AccountId account = caller.person();
    database.inAccountTransaction(account, tx -> endOthers(tx, caller));
    access.forget();
  }

  /** As {@link #endOthers(Caller)}, in a transaction of the person; then {@link Access#forget}. */
  public int endOthers(Tx tx, Caller caller) {
    AccountId account = caller.person();
    int ended = store.endAll(tx, account, caller.session().orElseThrow(), clock.instant());
    if (ended > 0) {
      var note = AuditNote.of("sessions.revoke_others", "account", account);
      note(tx, caller, note.with("sessions", Integer.toString(ended)));
    }
    return ended;
  }

  private void note(Tx tx, Caller caller, AuditNote note) {
    Optional<WorkspaceId> place =
        Optional.of(caller.workspace()).filter(each -> !each.equals(Admitted.NOWHERE));
    trail.note(tx, caller.person(), place, note, DoerScope.current());
  }

  /** Signs out whoever holds this cookie, if it is alive; nobody else is touched. */
  void signOut(Head head) {
    Optional<Caller> caller = caller(head).filter(known -> known.session().isPresent());
    caller.ifPresent(known -> end(known, known.session().orElseThrow()));
  }

  /** Goes on in another of the person's workspaces; one they are no member of is not there. */
  Caller work(Caller caller, WorkspaceId workspace) {
    AccountId account = caller.person();
    Role role =
        database
            .inAccountTransaction(account, tx -> enter(tx, caller, workspace).flatMap(Role::ofWire))
            .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "you are in no such workspace"));
    access.forget();
    Caller there =
        Caller.person(workspace, account, caller.session().orElseThrow(), role.permissions());
    return caller.isProven() ? there.proven() : there;
  }

  private Optional<String> enter(Tx tx, Caller caller, WorkspaceId workspace) {
    Optional<String> role = people.role(tx, workspace, caller.person());
    UUID session = caller.session().orElseThrow();
    if (role.isPresent() && store.work(tx, session, workspace)) {
      var note = AuditNote.of("me.work", "session", session);
      trail.note(tx, caller.person(), Optional.of(workspace), note, DoerScope.current());
    }
    return role;
  }

  /**
   * Ends every session of a person. The transaction goes on as that person, so call this last; then
   * {@link Access#forget}.
   */
  public void endAll(Tx tx, AccountId account) {
    tx.enter(account);
    store.endAll(tx, account, null, clock.instant());
  }

  /** As {@link #endAll(Tx, AccountId)}, but only those in one workspace: for a change of role. */
  public void endAll(Tx tx, AccountId account, WorkspaceId workspace) {
    tx.enter(account);
    store.endIn(tx, account, workspace, clock.instant());
  }

  /** What a browser says of itself, as far as it can stand in a list. */
  private static String harmless(String agent) {
    String line = agent.replaceAll("\\p{Cntrl}", " ");
    return line.substring(0, Math.min(line.length(), LONGEST_AGENT));
  }
}
