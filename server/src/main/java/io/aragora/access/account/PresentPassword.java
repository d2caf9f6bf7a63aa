package io.aragora.access.account;

import io.aragora.access.Caller;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Refusal;
import io.aragora.platform.observe.DoerScope;
import java.util.Optional;

/** Holds what a person signed in says is their password against it; who guesses must wait. */
final class PresentPassword {
  private final AccountParts parts;
  private final AccountStore store = new AccountStore();
  private final Attempts attempts = new Attempts();

  PresentPassword(AccountParts parts) {
    this.parts = parts;
  }

  static Attempts.Tried tried(AccountId account) {
    return new Attempts.Tried("account " + account, DoerScope.current().address());
  }

  /** The person's credentials; counted as an attempt until {@link Attempts#succeeded}. */
  Credentials attempt(Caller caller) {
    AccountId account = caller.person();
    return parts
        .database()
        .inSystemTransaction(
            tx -> {
              attempts.enterHere(tx, tried(account), parts.clock().instant());
              return store.byId(tx, account).orElseThrow();
            });
  }

  /** Refuses who has a password and did not send it. */
  void require(Caller caller, Optional<String> sent) {
    AccountId account = caller.person();
    boolean hasOne =
        parts
            .database()
            .inAccountTransaction(account, tx -> store.byId(tx, account))
            .flatMap(Credentials::passwordHash)
            .isPresent();
    if (!hasOne) {
      return;
    }
    String password =
        sent.orElseThrow(
            () -> Refusal.invalid("/password", "required", "send your password as well"));
    if (!parts.passwords().matches(password, attempt(caller).passwordHash())) {
      throw Refusal.invalid("/password", "wrong", "this is not your password");
    }
    parts
        .database()
        .inSystemTransaction(
            tx -> {
              attempts.succeeded(tx, tried(account));
              return true;
            });
  }
}
