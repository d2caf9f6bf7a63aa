package io.aragora.access.passkey;

import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.aragora.access.Caller;
import io.aragora.access.account.Account;
import io.aragora.access.account.Accounts;
import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.access.trail.PersonTrail;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Registers people's passkeys and signs them in by one. */
public final class Passkeys {
  private static final int MOST = 20;
  private static final String RP_NAME = "Aragora";

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final PersonTrail trail;
  private final InstantSource clock;
  private final PasskeyStore store = new PasskeyStore();
  private final Challenges challenges;
  private final Ceremony ceremony;

  /** In production the random source is a {@link java.security.SecureRandom}. */
  public Passkeys(PasskeyParts parts, URI publicUrl, InstantSource clock, RandomGenerator random) {
    this.database = parts.database();
    this.accounts = parts.accounts();
    this.sessions = parts.sessions();
    this.trail = parts.trail();
    this.clock = clock;
    this.challenges = new Challenges(parts.box(), clock, random, store);
    this.ceremony = new Ceremony(publicUrl);
  }

  public Page<Passkey> list(AccountId account) {
    return new Page<>(database.inAccountTransaction(account, tx -> store.list(tx, account)), null);
  }

  /** What the browser needs to make a passkey for this person. */
  public Passkey.CreationOptions options(AccountId account) {
    return database.inAccountTransaction(
        account,
        tx -> {
          Account person = active(tx, account).orElseThrow(Passkeys::stranger);
          return new Passkey.CreationOptions(
              challenges.make(account.toString()),
              ceremony.rpId(),
              RP_NAME,
              Base64Text.encodeUrl(handle(account)),
              person.email(),
              person.name(),
              Ceremony.ALGORITHMS.stream().map(COSEAlgorithmIdentifier::getValue).toList(),
              store.credentialIds(tx, account).stream().map(Base64Text::encodeUrl).toList(),
              Challenges.LIFE.toMillis());
        });
  }

  /** Keeps what the browser made, if it was made here, for this person, just now. */
  public Passkey create(Caller caller, UUID id, Passkey.Made made) {
    AccountId account = caller.person();
    Ceremony.NewKey fresh = registered(account, id, made);
    var key = new Passkey(id, made.name(), fresh.kept().backedUp(), clock.instant(), null);
    return database.inAccountTransaction(
        account,
        tx -> {
          spend(tx, fresh.challenge());
          if (!store.insert(tx, account, key, fresh.credentialId(), fresh.kept(), MOST)) {
            throw Refusal.of(
                ErrorCode.CONFLICT, "the passkey is known here, or you have " + MOST + " of them");
          }
          trail.append(tx, caller, AuditNote.of("passkey.create", "passkey", id));
          return key;
        });
  }

  public Passkey rename(Caller caller, UUID id, Passkey.Name name) {
    AccountId account = caller.person();
    return database.inAccountTransaction(
        account,
        tx -> {
          Passkey renamed =
              store.rename(tx, account, id, name.name()).orElseThrow(Passkeys::unknown);
          trail.append(tx, caller, AuditNote.of("passkey.rename", "passkey", id));
          return renamed;
        });
  }

  public void remove(Caller caller, UUID id) {
    AccountId account = caller.person();
    database.inAccountTransaction(
        account,
        tx -> {
          if (!store.remove(tx, account, id)) {
            throw unknown();
          }
          trail.append(tx, caller, AuditNote.of("passkey.remove", "passkey", id));
          return true;
        });
  }

  /** What the browser needs to sign in with any passkey of this server. */
  public Passkey.RequestOptions challenge() {
    return new Passkey.RequestOptions(
        challenges.make(Challenges.SIGN_IN), ceremony.rpId(), Challenges.LIFE.toMillis());
  }

  /** Signs in whoever holds the key; all that is wrong is answered alike, and written down. */
  public NewSession signIn(Passkey.Assertion assertion, Browser browser) {
    AccountId account = owner(assertion).orElseThrow(Passkeys::stranger);
    // A refusal must be written down: so it ends the transaction well, and is thrown afterwards.
    boolean isOwner = database.inAccountTransaction(account, tx -> isShown(tx, account, assertion));
    if (!isOwner) {
      throw stranger();
    }
    return sessions.begin(account, Strength.PASSKEY, browser);
  }

  private boolean isShown(Tx tx, AccountId account, Passkey.Assertion assertion) {
    Optional<PasskeyStore.Kept> kept =
        store.lock(tx, account, Base64Text.decodeUrl(assertion.credentialId()));
    if (kept.isEmpty() || active(tx, account).isEmpty()) {
      return false;
    }
    UUID key = kept.get().id();
    try {
      Ceremony.Signed signed =
          ceremony.authenticate(
              kept.get(), assertion, each -> challenges.check(Challenges.SIGN_IN, each));
      Instant now = clock.instant();
      challenges.spend(tx, signed.challenge());
      store.used(tx, key, signed.signCount(), signed.backedUp(), now);
      trail.append(tx, account, AuditNote.of("passkey.sign_in", "passkey", key));
      return true;
    } catch (PasskeyFault refused) {
      trail.appendTried(
          tx,
          account,
          AuditNote.of("passkey.sign_in", "passkey", key)
              .with("why", String.valueOf(refused.getMessage())));
      return false;
    }
  }

  private Ceremony.NewKey registered(AccountId account, UUID id, Passkey.Made made) {
    try {
      return ceremony.register(id, made, each -> challenges.check(account.toString(), each));
    } catch (PasskeyFault refused) {
      throw refusal(refused);
    }
  }

  private void spend(Tx tx, byte[] challenge) {
    try {
      challenges.spend(tx, challenge);
    } catch (PasskeyFault refused) {
      throw refusal(refused);
    }
  }

  private Optional<Account> active(Tx tx, AccountId account) {
    return accounts.byId(tx, account).filter(found -> found.status() == Account.Status.ACTIVE);
  }

  /** The account's id is the user handle: it tells nothing about the person. */
  private static byte[] handle(AccountId account) {
    UUID id = account.value();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static Optional<AccountId> owner(Passkey.Assertion assertion) {
    ByteBuffer handle = ByteBuffer.wrap(Base64Text.decodeUrl(assertion.userHandle()));
    return handle.remaining() == 2 * Long.BYTES
        ? Optional.of(new AccountId(new UUID(handle.getLong(), handle.getLong())))
        : Optional.empty();
  }

  private static Refusal refusal(PasskeyFault fault) {
    return Refusal.invalid("", "passkey", "the passkey is refused: " + fault.getMessage());
  }

  private static Refusal stranger() {
    return Refusal.of(ErrorCode.UNAUTHENTICATED, "this passkey signs nobody in here");
  }

  private static Refusal unknown() {
    return Refusal.of(ErrorCode.NOT_FOUND, "you have no such passkey");
  }
}
