package io.aragora.access.account;

import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Shown;
import io.aragora.access.session.Strength;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.sender.Address;
import io.aragora.platform.observe.DoerScope;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets people in by password. Every attempt does the same work, one hash computed and one count
 * written, and gets the same answer in even time, whether the account is unknown, deactivated or
 * has another password.
 */
final class SignIn {
  private final AccountParts parts;
  private final AccountStore store = new AccountStore();
  private final Attempts attempts = new Attempts();
  private final KnownPlaceStore places = new KnownPlaceStore();

  SignIn(AccountParts parts) {
    this.parts = parts;
  }

  /** How an attempt ended; whatever it was, it is written down. */
  private sealed interface Outcome {
    record In(NewSession session) implements Outcome {}

    record CodeMissing() implements Outcome {}

    record Wrong() implements Outcome {}
  }

  NewSession signIn(Wish.SignIn wish, Browser browser) {
    var pace = new Pace();
    try {
      return switch (attempt(wish, browser)) {
        case Outcome.In(NewSession session) -> {
          parts.sessions().forget(browser);
          yield session;
        }
        case Outcome.CodeMissing() ->
            throw Refusal.of(
                ErrorCode.SECOND_FACTOR_REQUIRED, "send the code of your authenticator");
        case Outcome.Wrong() ->
            throw Refusal.of(
                ErrorCode.UNAUTHENTICATED, "the e-mail, the password or the code is wrong");
      };
    } catch (Refusal no) {
      pace.even();
      throw no;
    }
  }

  private Outcome attempt(Wish.SignIn wish, Browser browser) {
    Instant now = parts.clock().instant();
    String key = Email.counted(wish.email());
    var tried = new Attempts.Tried(key, DoerScope.current().address());
    Optional<Credentials> found = parts.database().inSystemTransaction(tx -> enter(tx, tried, now));
    Optional<String> hash = found.flatMap(Credentials::passwordHash);
    boolean right = parts.passwords().matches(wish.password(), hash);
    if (!right) {
      return parts.database().inSystemTransaction(tx -> wrong(tx, found, tried, "password"));
    }
    Optional<String> renewed = parts.passwords().renewed(wish.password(), hash.orElseThrow());
    var known = new Known(found.orElseThrow(), tried, renewed);
    return parts
        .database()
        .inAccountTransaction(known.id(), tx -> let(tx, known, wish.maybeCode(), browser));
  }

  /** Somebody who knows the password, and its better hash if there is one. */
  private record Known(
      Credentials credentials, Attempts.Tried tried, Optional<String> renewedHash) {
    AccountId id() {
      return credentials.account().id();
    }
  }

  private Optional<Credentials> enter(Tx tx, Attempts.Tried tried, Instant now) {
    Optional<Credentials> found = store.byKey(tx, tried.account());
    boolean knownPlace =
        found.isPresent() && isKnownPlace(tx, found.get().account().id(), tried, now);
    attempts.enter(tx, tried, now, knownPlace);
    return found;
  }

  private boolean isKnownPlace(Tx tx, AccountId account, Attempts.Tried tried, Instant now) {
    tx.enter(account);
    return places.recent(tx, account, now).stream()
        .map(Address::network)
        .anyMatch(tried.network()::equals);
  }

  private Outcome let(Tx tx, Known known, Optional<String> code, Browser browser) {
    AccountId account = known.id();
    Optional<Credentials> present = Optional.of(known.credentials());
    // What was compared must still hold now that nobody else can change it.
    boolean holds =
        store
            .lock(tx, account)
            .filter(each -> each.account().isActive())
            .filter(each -> each.passwordHash().equals(known.credentials().passwordHash()))
            .isPresent();
    if (!holds) {
      return wrong(tx, present, known.tried(), "account");
    }
    return switch (parts.secondFactor().check(tx, account, code)) {
      case MISSING -> {
        attempts.giveBack(tx, known.tried());
        yield new Outcome.CodeMissing();
      }
      case WRONG -> wrong(tx, present, known.tried(), "code");
      case NONE_NEEDED -> in(tx, known, Strength.PASSWORD, browser);
      case RIGHT -> in(tx, known, Strength.PASSWORD_TOTP, browser);
    };
  }

  private Outcome in(Tx tx, Known known, Strength strength, Browser browser) {
    known.renewedHash().ifPresent(hash -> store.renew(tx, known.id(), hash));
    attempts.succeeded(tx, known.tried());
    var shown = new Shown(strength, parts.clock().instant());
    return new Outcome.In(parts.sessions().begin(tx, known.id(), shown, browser));
  }

  private Outcome wrong(Tx tx, Optional<Credentials> found, Attempts.Tried tried, String reason) {
    attempts.failed(tx, tried, parts.clock().instant());
    found
        .map(Credentials::account)
        .ifPresent(
            account ->
                parts
                    .trail()
                    .note(
                        tx,
                        account.id(),
                        AuditNote.of("sessions.create", "account", account.id())
                            .ended(AuditNote.Outcome.REFUSED)
                            .with("wrong", reason)));
    return new Outcome.Wrong();
  }
}
