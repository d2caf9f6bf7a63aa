package io.aragora.access.oidc;

import io.aragora.access.account.Account;
import io.aragora.access.account.Accounts;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.access.trail.PersonTrail;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signs people in whom the organisation's own provider vouches for; makes no accounts. */
public final class Oidc {
  private static final System.Logger LOG = System.getLogger(Oidc.class.getName());
  private static final String CALLBACK = "/api/v1/oidc/callback";

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final PersonTrail trail;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final OidcStore store = new OidcStore();
  private final @Nullable OidcConfig config;
  private final @Nullable Provider provider;
  private final URI redirect;

  /** Off without a configuration. In production the random source is a SecureRandom. */
  public Oidc(
      OidcParts parts,
      @Nullable OidcConfig config,
      URI publicUrl,
      InstantSource clock,
      RandomGenerator random) {
    this.database = parts.database();
    this.accounts = parts.accounts();
    this.sessions = parts.sessions();
    this.trail = parts.trail();
    this.config = config;
    this.provider = config == null ? null : new Provider(config, parts.egress(), clock);
    this.clock = clock;
    this.random = random;
    this.redirect = URI.create(publicUrl.toString().replaceAll("/+$", "") + CALLBACK);
  }

  /** Where to send the browser, and the cookie that binds it to what comes back. */
  record Departure(URI target, String cookie) {}

  /** What the browser came back with. */
  record Arrival(String cookies, String state, Optional<String> issuer, String code) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  public OidcView view() {
    return config == null ? new OidcView(false, null) : new OidcView(true, config.name());
  }

  Departure depart() {
    Journey journey = Journey.begin(random, clock.instant());
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", config().clientId());
    query.put("redirect_uri", redirect.toString());
    query.put("scope", "openid email profile");
    query.put("state", journey.state());
    query.put("nonce", journey.nonce());
    query.put("code_challenge", journey.challenge());
    query.put("code_challenge_method", "S256");
    URI door = provider().authorization();
    String joint = door.getRawQuery() == null ? "?" : "&";
    String fields =
        query.entrySet().stream()
            .map(each -> each.getKey() + "=" + Provider.encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return new Departure(URI.create(door + joint + fields), journey.cookie());
  }

  /** Signs in whoever comes back, if all of it fits the way this browser went. */
  NewSession arrive(Arrival arrival, Optional<String> agent) {
    try {
      IdTokens.Claims claims = identify(arrival);
      AccountId account = account(claims);
      return sessions.begin(account, Strength.OIDC, agent);
    } catch (OidcFault refused) {
      LOG.log(System.Logger.Level.WARNING, "a sign-in elsewhere failed: {0}", refused.getMessage());
      throw Refusal.of(
          ErrorCode.UNAUTHENTICATED, "the sign-in elsewhere failed: " + refused.getMessage());
    }
  }

  private IdTokens.Claims identify(Arrival arrival) {
    String issuer = config().issuer().toString();
    Instant now = clock.instant();
    Journey journey =
        Journey.of(arrival.cookies(), now)
            .filter(each -> each.hasState(arrival.state()))
            .orElseThrow(
                () -> new OidcFault("it was not begun in this browser within ten minutes"));
    // A provider that names itself must be the one we sent the browser to (RFC 9207).
    if (arrival.issuer().filter(each -> !each.equals(issuer)).isPresent()) {
      throw new OidcFault("another provider answers");
    }
    String state = Sha256.ofText(arrival.state()).hex();
    if (!database.inSystemTransaction(tx -> store.spend(tx, state, now.plus(Journey.LIFE), now))) {
      throw new OidcFault("it came back before");
    }
    Provider.Tokens tokens = provider().exchange(arrival.code(), journey.verifier(), redirect);
    IdTokens.Claims claims =
        new IdTokens(issuer, config().clientId())
            .check(
                tokens.idToken(),
                provider().keys(IdTokens.keyId(tokens.idToken())),
                new IdTokens.Wanted(journey.nonce(), tokens.accessToken(), clock.instant()));
    return claims.email().isEmpty() && tokens.accessToken().isPresent()
        ? provider().person(claims, tokens.accessToken().get())
        : claims;
  }

  private AccountId account(IdTokens.Claims claims) {
    String issuer = config().issuer().toString();
    String hash = Sha256.ofText(issuer + "\n" + claims.subject()).hex();
    return database.inSecretTransaction(
        hash,
        tx -> {
          Optional<AccountId> linked = store.use(tx, hash, clock.instant());
          AccountId account =
              linked.isPresent() ? linked.get() : firstTime(tx, hash, issuer, claims);
          if (accounts.byId(tx, account).filter(Oidc::isActive).isEmpty()) {
            throw nobody();
          }
          trail.append(tx, account, AuditNote.of("oidc.sign_in", "account", account));
          return account;
        });
  }

  /** By e-mail once, and only one that the provider has verified; by the subject ever after. */
  private AccountId firstTime(Tx tx, String hash, String issuer, IdTokens.Claims claims) {
    if (!claims.isEmailVerified() || claims.email().isEmpty()) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN, "the provider does not vouch for your e-mail address yet");
    }
    Account account =
        accounts.byEmail(tx, claims.email().get()).filter(Oidc::isActive).orElseThrow(Oidc::nobody);
    if (!store.link(tx, hash, account.id(), issuer, claims.subject(), clock.instant())) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN, "the account of this e-mail is somebody else's at the provider");
    }
    trail.append(tx, account.id(), AuditNote.of("oidc.link", "account", account.id()));
    return account.id();
  }

  private static boolean isActive(Account account) {
    return account.status() == Account.Status.ACTIVE;
  }

  private static Refusal nobody() {
    return Refusal.of(
        ErrorCode.FORBIDDEN, "nobody here has this e-mail address: ask to be invited first");
  }

  private OidcConfig config() {
    return Optional.ofNullable(config).orElseThrow(Oidc::off);
  }

  private Provider provider() {
    return Optional.ofNullable(provider).orElseThrow(Oidc::off);
  }

  private static Refusal off() {
    return Refusal.of(ErrorCode.NOT_FOUND, "no sign-in provider is set up here");
  }
}
