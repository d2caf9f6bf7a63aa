package io.aragora.access.totp;

import io.aragora.access.Caller;
import io.aragora.access.account.SecondFactor;
import io.aragora.access.trail.PersonTrail;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.secret.SealedRows;
import io.aragora.platform.secret.SecretBox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Sets up a person's second factor and checks its codes. */
public final class Totp implements SecondFactor {
  private static final int SECRET_BYTES = 20;
  private static final String ISSUER = "Aragora";
  private static final String NOT_RIGHT = "the code is not right, or was used before";

  private final Database database;
  private final Passwords passwords;
  private final SecretBox box;
  private final PersonTrail trail;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TotpStore store = new TotpStore();

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public Totp(TotpParts parts, InstantSource clock, RandomGenerator random) {
    this.database = parts.database();
    this.passwords = parts.passwords();
    this.box = parts.box();
    this.trail = parts.trail();
    this.clock = clock;
    this.random = random;
  }

  public TotpState state(AccountId account) {
    return database.inAccountTransaction(account, tx -> state(tx, store, account));
  }

  /** What is sealed again when keys are renewed. */
  public static SealedRows rows() {
    return new TotpRows();
  }

  /** Makes a secret; it counts once a code made from it was shown. */
  public TotpState.Secret begin(Caller caller) {
    AccountId account = caller.person();
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    byte[] sealed = box.sealOwn(where(account), secret);
    return database.inAccountTransaction(
        account,
        tx -> {
          String email = store.email(tx, account).orElse("account");
          if (!store.begin(tx, account, sealed, clock.instant())) {
            throw Refusal.of(ErrorCode.CONFLICT, "there is a second factor: remove it first");
          }
          trail.append(tx, caller, AuditNote.of("totp.begin", "account", account));
          return new TotpState.Secret(Base32.encode(secret), uri(Base32.encode(secret), email));
        });
  }

  /** Turns the factor on and gives the recovery codes. */
  public TotpState.Recovery confirm(Caller caller, TotpState.Code code) {
    AccountId account = caller.person();
    Instant now = clock.instant();
    return database.inAccountTransaction(
        account,
        tx -> {
          TotpStore.Kept kept =
              store
                  .lock(tx, account)
                  .filter(Predicate.not(TotpStore.Kept::isConfirmed))
                  .orElseThrow(
                      () -> Refusal.of(ErrorCode.CONFLICT, "there is no secret to confirm"));
          long step =
              TimeCodes.step(open(account, kept), code.code(), now)
                  .orElseThrow(() -> Refusal.invalid("/code", "wrong", NOT_RIGHT));
          store.confirm(tx, account, step, now);
          List<String> codes = newCodes(tx, account, now);
          trail.append(tx, caller, AuditNote.of("totp.confirm", "account", account));
          return new TotpState.Recovery(codes);
        });
  }

  /** Makes new recovery codes; the old ones end. */
  public TotpState.Recovery renew(Caller caller, TotpState.Code code) {
    AccountId account = caller.person();
    // A wrong code must be counted: so it ends the transaction well, and is refused afterwards.
    Optional<List<String>> codes =
        database.inAccountTransaction(
            account,
            tx -> {
              if (proven(tx, account, code.code())) {
                List<String> fresh = newCodes(tx, account, clock.instant());
                trail.append(tx, caller, AuditNote.of("totp.renew", "account", account));
                return Optional.of(fresh);
              }
              return Optional.empty();
            });
    return codes
        .map(TotpState.Recovery::new)
        .orElseThrow(() -> Refusal.invalid("/code", "wrong", NOT_RIGHT));
  }

  /** Takes the factor away from somebody who shows a code or the password. */
  public void remove(Caller caller, TotpState.Proof proof) {
    if (proof.code() != null) {
      removeByCode(caller, proof.code());
    } else if (proof.password() != null) {
      removeByPassword(caller, proof.password());
    }
  }

  /**
   * Checks a code at sign-in, in the transaction of the sign-in: commit it also when the code is
   * WRONG, or wrong codes are not counted. After five in a row there is a wait.
   */
  @Override
  public Factor check(Tx tx, AccountId account, Optional<String> code) {
    tx.enter(account);
    if (code.isEmpty()) {
      return store.find(tx, account).filter(TotpStore.Kept::isConfirmed).isPresent()
          ? Factor.MISSING
          : Factor.NONE_NEEDED;
    }
    Optional<TotpStore.Kept> kept = store.lock(tx, account).filter(TotpStore.Kept::isConfirmed);
    if (kept.isEmpty()) {
      return Factor.NONE_NEEDED;
    }
    return takes(tx, account, kept.get(), code.get().strip()) ? Factor.RIGHT : Factor.WRONG;
  }

  private boolean takes(Tx tx, AccountId account, TotpStore.Kept kept, String code) {
    Instant now = clock.instant();
    refuseWhileWaiting(kept, now);
    Optional<Long> step = TimeCodes.step(open(account, kept), code, now);
    if (step.isPresent() && store.accept(tx, account, step.get())) {
      return true;
    }
    Optional<String> hash = RecoveryCodes.hash(account, code);
    if (hash.isPresent() && store.spend(tx, account, hash.get(), now)) {
      store.forgive(tx, account);
      trail.append(tx, account, AuditNote.of("totp.recover", "account", account));
      return true;
    }
    store.noteWrong(tx, account, now);
    return false;
  }

  private boolean proven(Tx tx, AccountId account, String code) {
    return switch (check(tx, account, Optional.of(code))) {
      case RIGHT -> true;
      case WRONG -> false;
      case NONE_NEEDED, MISSING -> throw noFactor();
    };
  }

  private void removeByCode(Caller caller, String code) {
    AccountId account = caller.person();
    boolean removed =
        database.inAccountTransaction(
            account,
            tx -> {
              boolean proven = proven(tx, account, code);
              if (proven) {
                remove(tx, caller);
              }
              return proven;
            });
    if (!removed) {
      throw Refusal.invalid("/code", "wrong", NOT_RIGHT);
    }
  }

  /** Counted as wrong before it is compared, which takes long: many at once gain nothing. */
  private void removeByPassword(Caller caller, String password) {
    AccountId account = caller.person();
    Optional<String> hash =
        database.inAccountTransaction(
            account,
            tx -> {
              Instant now = clock.instant();
              TotpStore.Kept kept =
                  store
                      .lock(tx, account)
                      .filter(TotpStore.Kept::isConfirmed)
                      .orElseThrow(Totp::noFactor);
              refuseWhileWaiting(kept, now);
              store.noteWrong(tx, account, now);
              return store.passwordHash(tx, account);
            });
    if (!passwords.matches(password, hash)) {
      throw Refusal.invalid("/password", "wrong", "the password is not right");
    }
    database.inAccountTransaction(
        account,
        tx -> {
          remove(tx, caller);
          return true;
        });
  }

  private void remove(Tx tx, Caller caller) {
    store.remove(tx, caller.person());
    trail.append(tx, caller, AuditNote.of("totp.remove", "account", caller.person()));
  }

  private List<String> newCodes(Tx tx, AccountId account, Instant now) {
    List<String> codes = RecoveryCodes.make(random);
    store.replaceCodes(
        tx,
        account,
        codes.stream().map(code -> RecoveryCodes.hash(account, code).orElseThrow()).toList(),
        now);
    return codes;
  }

  private static void refuseWhileWaiting(TotpStore.Kept kept, Instant now) {
    Backoff.left(kept.wrong(), kept.wrongAt(), now)
        .ifPresent(
            left -> {
              throw Refusal.retryLater(
                  ErrorCode.TOO_MANY_REQUESTS, "too many wrong codes in a row", left);
            });
  }

  private static Refusal noFactor() {
    return Refusal.of(ErrorCode.CONFLICT, "there is no second factor");
  }

  private byte[] open(AccountId account, TotpStore.Kept kept) {
    return box.openOwn(where(account), kept.secret());
  }

  static TotpState state(Tx tx, TotpStore store, AccountId account) {
    return store
        .find(tx, account)
        .flatMap(TotpStore.Kept::confirmedAt)
        .map(since -> new TotpState(true, since, store.codesLeft(tx, account)))
        .orElseGet(() -> new TotpState(false, null, 0));
  }

  static String where(AccountId account) {
    return "totp|secret|" + account;
  }

  /** What authenticator apps read from a picture. */
  private static String uri(String secret, String email) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=%d"
        .formatted(
            ISSUER,
            URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20"),
            secret,
            ISSUER,
            TimeCodes.STEP_SECONDS);
  }
}
