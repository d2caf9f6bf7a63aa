package io.aragora.workspace.invite;

import io.aragora.access.account.Account;
import io.aragora.access.account.Accounts;
import io.aragora.access.account.NewAccount;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.LinkToken;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.DoerScope;
import io.aragora.workspace.member.Members;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Takes invites up: by a person signed in, or by a stranger who makes an account with it. */
public final class Acceptances {
  /** So often a link may be tried on people it does not fit; then it is closed. */
  private static final int MOST_REFUSED = 10;

  private final Database database;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Members members;
  private final AuditLog audit;
  private final InstantSource clock;
  private final InviteStore store = new InviteStore();

  public Acceptances(
      Database database,
      Accounts accounts,
      Passwords passwords,
      Members members,
      AuditLog audit,
      InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.members = members;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the invite of this token is for: the workspace's name and the role, no more. */
  public Invite.Look look(String token) {
    String hash = hash(token);
    return database.inSecretTransaction(
        hash,
        tx -> {
          InviteStore.Open invite = mustBeOpen(tx, hash);
          tx.enter(invite.workspace());
          return new Invite.Look(
              store.workspaceName(tx, invite.workspace()).orElseThrow(Acceptances::notOpen),
              invite.role().wire());
        });
  }

  /** Lets a person in who is signed in already; an invite to an address is for its account only. */
  public Invite.Joined join(AccountId account, String token) {
    return counting(
        token,
        hash ->
            take(
                hash,
                (tx, invite) -> {
                  mustFit(tx, invite, account);
                  return account;
                }));
  }

  /** Makes an account for a stranger and lets them in; who has an account must sign in first. */
  public AccountId accept(AccountId fresh, Invite.Acceptance wish) {
    LinkToken unused = token(wish.token());
    InviteStore.Open invite = find(wish.token());
    String email = email(invite, wish);
    return counting(
        wish.token(),
        hash -> {
          database.inSystemTransaction(tx -> mustBeNew(tx, email));
          // Slow on purpose, so outside of any transaction.
          Optional<String> password = Optional.of(passwords.hash(wish.password()));
          take(
              hash,
              (tx, taken) -> {
                mustBeNew(tx, email);
                return accounts.create(
                    tx, new NewAccount(fresh, email, wish.name(), password, false));
              });
          return fresh;
        });
  }

  /** Who takes the invite, in the transaction that takes it. */
  private interface Taker {
    AccountId account(Tx tx, InviteStore.Open invite);
  }

  private Invite.Joined take(String hash, Taker taker) {
    return database.inSecretTransaction(
        hash,
        tx -> {
          InviteStore.Open invite = mustBeOpen(tx, hash);
          tx.enter(invite.workspace());
          AccountId account = taker.account(tx, invite);
          members.join(tx, invite.workspace(), account, invite.role());
          if (!store.take(tx, hash, account, clock.instant())) {
            throw notOpen();
          }
          audit.append(
              tx,
              invite.workspace(),
              AuditNote.of("invites.accept", "invite", invite.id())
                  .with("member", account.toString())
                  .with("role", invite.role().wire()),
              new Doer(Doer.Kind.PERSON, account.actor(), DoerScope.current().address()));
          return new Invite.Joined(invite.workspace().value(), invite.role().wire());
        });
  }

  /** A refusal for the person counts against the link, so that it cannot be tried on many. */
  private <T> T counting(String token, Function<String, T> work) {
    String hash = hash(token);
    try {
      return work.apply(hash);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.CONFLICT || refusal.code() == ErrorCode.FORBIDDEN) {
        boolean unused = database.inSecretTransaction(hash, tx -> count(tx, hash));
      }
      throw refusal;
    }
  }

  /** One that is closed by now needs no counting. */
  private boolean count(Tx tx, String hash) {
    return store
        .byToken(tx, hash, clock.instant(), MOST_REFUSED)
        .map(
            invite -> {
              tx.enter(invite.workspace());
              return store.refused(tx, hash) == 1;
            })
        .orElse(false);
  }

  private InviteStore.Open find(String token) {
    String hash = hash(token);
    return database.inSecretTransaction(hash, tx -> mustBeOpen(tx, hash));
  }

  private InviteStore.Open mustBeOpen(Tx tx, String hash) {
    return store.byToken(tx, hash, clock.instant(), MOST_REFUSED).orElseThrow(Acceptances::notOpen);
  }

  private void mustFit(Tx tx, InviteStore.Open invite, AccountId account) {
    boolean fits =
        invite
            .email()
            .map(
                email ->
                    accounts
                        .byEmail(tx, email)
                        .filter(found -> found.id().equals(account))
                        .isPresent())
            .orElse(true);
    if (!fits) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "the invite is for another e-mail address");
    }
  }

  private boolean mustBeNew(Tx tx, String email) {
    Optional<Account> known = accounts.byEmail(tx, email);
    if (known.isPresent()) {
      throw Refusal.of(
          ErrorCode.CONFLICT, "there is an account with this e-mail: sign in, then join");
    }
    return true;
  }

  private static String email(InviteStore.Open invite, Invite.Acceptance wish) {
    Optional<String> given = Optional.ofNullable(wish.email());
    if (invite.email().isPresent()) {
      if (given.filter(email -> !email.equalsIgnoreCase(invite.email().get())).isPresent()) {
        throw Refusal.of(ErrorCode.FORBIDDEN, "the invite is for another e-mail address");
      }
      return invite.email().get();
    }
    return given.orElseThrow(
        () -> Refusal.invalid("/email", "missing", "the invite names no e-mail: give yours"));
  }

  private static String hash(String token) {
    return token(token).hash();
  }

  /** A token that cannot be one of ours is answered as one that is not open. */
  private static LinkToken token(String text) {
    try {
      return new LinkToken(text);
    } catch (IllegalArgumentException malformed) {
      throw notOpen();
    }
  }

  private static Refusal notOpen() {
    return Refusal.of(
        ErrorCode.NOT_FOUND, "this invite is not open: it was used, revoked, or its time is over");
  }
}
