package io.aragora.access.account;

import io.aragora.access.Caller;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;

/** People's accounts: made, found, let in by password, given a new one, closed. */
public final class Accounts {
  private final AccountParts parts;
  private final AccountStore store = new AccountStore();
  private final SignIn signIn;
  private final NewPassword passwords;
  private final PresentPassword present;

  public Accounts(AccountParts parts) {
    this.parts = parts;
    this.signIn = new SignIn(parts);
    this.passwords = new NewPassword(parts);
    this.present = new PresentPassword(parts);
  }

  /** The account whose address this is, in any spelling that means the same. */
  public Optional<Account> byEmail(Tx tx, String email) {
    return Email.maybe(email)
        .flatMap(known -> store.byKey(tx, known.key()))
        .map(Credentials::account);
  }

  public Optional<Account> byId(Tx tx, AccountId account) {
    return store.byId(tx, account).map(Credentials::account);
  }

  /** Makes an account; refuses an address that another one has, or that reads like it. */
  public AccountId create(Tx tx, NewAccount account) {
    Email email = Email.of(account.email());
    try {
      store.insert(tx, account, email, parts.clock().instant());
      return account.id();
    } catch (DatabaseFault taken) {
      if (taken.kind() == DatabaseFault.Kind.DUPLICATE) {
        throw Refusal.of(ErrorCode.CONFLICT, "there is an account with this e-mail address");
      }
      throw taken;
    }
  }

  /** Accounts by their addresses, from after that of one of them. */
  public List<Account> page(String after, int most) {
    String key = Email.maybe(after).map(Email::key).orElse(after);
    return parts.database().inSystemTransaction(tx -> store.page(tx, key, most));
  }

  NewSession signIn(Wish.SignIn wish, Browser browser) {
    return signIn.signIn(wish, browser);
  }

  void changePassword(Caller caller, Wish.PasswordChange wish) {
    passwords.change(caller, wish);
  }

  /** Refuses who has a password and did not send it: for what cannot be undone. */
  public void requirePassword(Caller caller, Optional<String> sent) {
    present.require(caller, sent);
  }

  void askReset(Wish.PasswordReset wish) {
    passwords.ask(wish);
  }

  void redeem(Wish.PasswordRedeem wish) {
    passwords.redeem(wish);
  }

  /** A link with which an active account's person sets a new password within half an hour. */
  public String resetLink(String email) {
    return parts
        .database()
        .inSystemTransaction(
            tx ->
                passwords.link(
                    tx,
                    byEmail(tx, email).filter(Account::isActive).orElseThrow(Accounts::unknown)));
  }

  /**
   * Closes an account: its sessions and keys end at once, and nobody signs in with it. Refuses to
   * leave a workspace without an owner.
   */
  public void deactivate(String email) {
    parts
        .database()
        .inSystemTransaction(
            tx -> {
              Account account = byEmail(tx, email).orElseThrow(Accounts::unknown);
              return deactivate(tx, account);
            });
    parts.access().forget();
  }

  private boolean deactivate(Tx tx, Account account) {
    AccountId id = account.id();
    tx.enter(id);
    for (WorkspaceId workspace : store.owned(tx, id)) {
      tx.enter(workspace);
      store.lockWorkspace(tx, workspace);
      if (!store.hasOtherOwner(tx, workspace, id)) {
        throw Refusal.of(
            ErrorCode.CONFLICT,
            "this is the last owner of workspace %s: make another one first".formatted(workspace));
      }
    }
    return setStatus(tx, id, Account.Status.DEACTIVATED, "account.deactivate");
  }

  /** Opens a closed account again. */
  public void activate(String email) {
    boolean changed =
        parts
            .database()
            .inSystemTransaction(
                tx -> {
                  Account account = byEmail(tx, email).orElseThrow(Accounts::unknown);
                  tx.enter(account.id());
                  return setStatus(tx, account.id(), Account.Status.ACTIVE, "account.activate");
                });
  }

  private boolean setStatus(Tx tx, AccountId id, Account.Status status, String action) {
    Account present =
        store
            .lock(tx, id)
            .map(Credentials::account)
            .filter(each -> each.status() != Account.Status.ERASED)
            .orElseThrow(Accounts::unknown);
    if (present.status() == status) {
      return false;
    }
    store.setStatus(tx, id, status);
    parts.sessions().endAll(tx, id);
    parts.trail().note(tx, id, AuditNote.of(action, "account", id));
    return true;
  }

  private static Refusal unknown() {
    return Refusal.of(ErrorCode.NOT_FOUND, "there is no such account, or it is closed");
  }
}
