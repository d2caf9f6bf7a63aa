package io.aragora.access.oidc;

import io.aragora.access.account.Account;
import io.aragora.access.account.Accounts;
import io.aragora.access.trail.PersonTrail;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds whose account it is that the provider vouches for. Let in or not, it is written down where
 * the account's auditors look; a stranger has no such place.
 */
final class Vouching {
  private static final String ACTION = "oidc.sign_in";

  private final Database database;
  private final Accounts accounts;
  private final PersonTrail trail;
  private final OidcStore store = new OidcStore();

  Vouching(OidcParts parts) {
    this.database = parts.database();
    this.accounts = parts.accounts();
    this.trail = parts.trail();
  }

  /** A refusal must be written down: so it ends the transaction well, and is thrown afterwards. */
  private sealed interface Answer {
    record In(AccountId account) implements Answer {}

    record Out(Refusal refusal) implements Answer {}
  }

  /** Somebody as the provider knows them, and the hash by which they are found again. */
  private record Known(IdTokens.Claims claims, String issuer, String hash, Instant now) {}

  AccountId account(IdTokens.Claims claims, String issuer, Instant now) {
    String hash = Sha256.ofText(issuer + "\n" + claims.subject()).hex();
    var known = new Known(claims, issuer, hash, now);
    Answer answer =
        database.inSecretTransaction(
            hash,
            tx ->
                store
                    .linked(tx, hash)
                    .map(account -> again(tx, known, account))
                    .orElseGet(() -> firstTime(tx, known)));
    return switch (answer) {
      case Answer.In(AccountId account) -> account;
      case Answer.Out(Refusal refusal) -> throw refusal;
    };
  }

  private Answer again(Tx tx, Known known, AccountId account) {
    if (accounts.byId(tx, account).filter(Account::isActive).isEmpty()) {
      return out(tx, account, "account", nobody());
    }
    store.used(tx, known.hash(), known.now());
    return in(tx, account);
  }

  /** By e-mail once, and only one that the provider has verified; by the subject ever after. */
  private Answer firstTime(Tx tx, Known known) {
    Optional<Account> meant = known.claims().email().flatMap(email -> accounts.byEmail(tx, email));
    if (!known.claims().isEmailVerified()) {
      var refusal =
          Refusal.of(
              ErrorCode.FORBIDDEN, "the provider does not vouch for your e-mail address yet");
      return meant
          .map(account -> out(tx, account.id(), "unverified", refusal))
          .orElseGet(() -> new Answer.Out(refusal));
    }
    if (meant.isEmpty()) {
      return new Answer.Out(nobody());
    }
    AccountId account = meant.get().id();
    if (!meant.get().isActive()) {
      return out(tx, account, "account", nobody());
    }
    String subject = known.claims().subject();
    if (!store.link(tx, known.hash(), account, known.issuer(), subject, known.now())) {
      return out(
          tx,
          account,
          "subject",
          Refusal.of(
              ErrorCode.FORBIDDEN,
              "the account of this e-mail is somebody else's at the provider"));
    }
    trail.append(tx, account, AuditNote.of("oidc.link", "account", account));
    return in(tx, account);
  }

  private Answer in(Tx tx, AccountId account) {
    trail.append(tx, account, AuditNote.of(ACTION, "account", account));
    return new Answer.In(account);
  }

  private Answer out(Tx tx, AccountId account, String wrong, Refusal refusal) {
    trail.appendTried(tx, account, AuditNote.of(ACTION, "account", account).with("wrong", wrong));
    return new Answer.Out(refusal);
  }

  private static Refusal nobody() {
    return Refusal.of(
        ErrorCode.FORBIDDEN, "nobody here has this e-mail address: ask to be invited first");
  }
}
