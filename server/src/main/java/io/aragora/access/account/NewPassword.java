package io.aragora.access.account;

import io.aragora.access.Caller;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Tx;
import io.aragora.platform.mail.Mail;
import io.aragora.platform.observe.DoerScope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives people a new password: by the present one, or by a link when it is forgotten. */
final class NewPassword {
  static final Duration LINK_LIFE = Duration.ofMinutes(30);
  private static final int TOKEN_BYTES = 32;

  private final AccountParts parts;
  private final AccountStore store = new AccountStore();
  private final ResetStore resets = new ResetStore();
  private final Attempts attempts = new Attempts();
  private final PresentPassword presentPassword;
  private final SecureRandom random = new SecureRandom();

  NewPassword(AccountParts parts) {
    this.parts = parts;
    this.presentPassword = new PresentPassword(parts);
  }

  /** Changes the caller's password and ends their other sessions; again changes nothing. */
  void change(Caller caller, Wish.PasswordChange wish) {
    AccountId account = caller.person();
    var tried = PresentPassword.tried(account);
    Credentials present = presentPassword.attempt(caller);
    if (!parts.passwords().matches(wish.presentPassword(), present.passwordHash())) {
      // A repetition whose first answer was lost finds its own new password.
      if (parts.passwords().matches(wish.password(), present.passwordHash())) {
        return;
      }
      throw Refusal.invalid("/present_password", "wrong", "this is not your present password");
    }
    String hash = hash(wish.password(), present.account());
    parts
        .database()
        .inAccountTransaction(account, tx -> set(tx, caller, present.passwordHash(), hash, tried));
    parts.access().forget();
  }

  private boolean set(
      Tx tx, Caller caller, Optional<String> before, String hash, Attempts.Tried tried) {
    AccountId account = caller.person();
    boolean holds =
        store.lock(tx, account).filter(each -> each.passwordHash().equals(before)).isPresent();
    if (!holds) {
      throw Refusal.of(ErrorCode.CONFLICT, "the password was changed meanwhile");
    }
    store.setPassword(tx, account, hash, parts.clock().instant());
    resets.forgetUnused(tx, account);
    attempts.succeeded(tx, tried);
    int ended = parts.sessions().endOthers(tx, caller);
    parts.trail().note(tx, account, AuditNote.of("password.change", "account", account));
    return ended > 0;
  }

  /** Mails a link to who has an account; nobody can tell from the answer whether it was so. */
  void ask(Wish.PasswordReset wish) {
    var pace = new Pace();
    Instant now = parts.clock().instant();
    String key = Email.counted(wish.email());
    var tried = new Attempts.Tried(key, DoerScope.current().address());
    boolean sent =
        parts
            .database()
            .inSystemTransaction(
                tx -> {
                  boolean may = attempts.mayReset(tx, tried, now);
                  Optional<Account> account =
                      store.byKey(tx, key).map(Credentials::account).filter(Account::isActive);
                  if (may && account.isPresent() && parts.mailer().isConfigured()) {
                    String link = link(tx, account.get());
                    parts.mailer().post(tx, mail(account.get(), link));
                  }
                  return may;
                });
    pace.even();
  }

  /** A link for an active account; the transaction goes on as its person. */
  String link(Tx tx, Account account) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64Text.encodeUrl(bytes);
    Instant now = parts.clock().instant();
    tx.enter(account.id());
    resets.insert(tx, Sha256.ofText(token).hex(), account.id(), now, now.plus(LINK_LIFE));
    parts.trail().note(tx, account.id(), AuditNote.of("password.ask", "account", account.id()));
    // After the #: no browser sends it, so no proxy writes it down.
    return parts.publicUrl() + "/password/reset#token=" + token;
  }

  private static Mail mail(Account account, String link) {
    return new Mail(
        account.email(),
        "A new password",
        """
        Somebody asked for a new password for %s.

        If it was you, set it within 30 minutes at
        %s

        If it was not you, nothing needs to be done: your password stays as it is.
        """
            .formatted(account.email(), link));
  }

  /** Sets a password by a link, once, and ends every session; a repetition changes nothing. */
  void redeem(Wish.PasswordRedeem wish) {
    String tokenHash = Sha256.ofText(wish.token()).hex();
    Instant now = parts.clock().instant();
    ResetStore.Found link =
        parts
            .database()
            .inSecretTransaction(tokenHash, tx -> resets.find(tx, tokenHash, now))
            .orElseThrow(NewPassword::over);
    Credentials present =
        parts
            .database()
            .inAccountTransaction(link.account(), tx -> store.byId(tx, link.account()))
            .orElseThrow(NewPassword::over);
    if (!link.fresh()) {
      if (parts.passwords().matches(wish.password(), present.passwordHash())) {
        return;
      }
      throw over();
    }
    String hash = hash(wish.password(), present.account());
    parts
        .database()
        .inAccountTransaction(link.account(), tx -> redeem(tx, present.account(), tokenHash, hash));
    parts.access().forget();
  }

  private boolean redeem(Tx tx, Account account, String tokenHash, String hash) {
    Instant now = parts.clock().instant();
    boolean active =
        store.lock(tx, account.id()).filter(each -> each.account().isActive()).isPresent();
    if (!active || !resets.use(tx, tokenHash, account.id(), now)) {
      throw over();
    }
    store.setPassword(tx, account.id(), hash, now);
    parts.sessions().endAll(tx, account.id());
    parts.trail().note(tx, account.id(), AuditNote.of("password.redeem", "account", account.id()));
    return true;
  }

  private String hash(String password, Account account) {
    return parts.passwords().hash(password, List.of(account.email(), account.name()));
  }

  private static Refusal over() {
    return Refusal.of(
        ErrorCode.NOT_FOUND, "this link is not valid, or not any more: ask for another");
  }
}
