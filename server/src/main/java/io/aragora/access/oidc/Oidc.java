package io.aragora.access.oidc;

import io.aragora.access.session.Browser;
import io.aragora.access.session.NewSession;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Shown;
import io.aragora.access.session.Strength;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
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
  private final Sessions sessions;
  private final Vouching vouching;
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
    this.sessions = parts.sessions();
    this.vouching = new Vouching(parts);
    this.config = config;
    this.provider = config == null ? null : new Provider(config, parts.egress(), clock);
    this.clock = clock;
    this.random = random;
    this.redirect = URI.create(publicUrl.toString().replaceAll("/+$", "") + CALLBACK);
  }

  /** Where to send the browser, and the cookie that binds it to what comes back. */
  record Departure(URI target, String cookie) {}

  /** Whether the provider may know the person already, or shall ask them anew who they are. */
  enum Visit {
    KNOWN,
    ANEW
  }

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

  Departure depart(Visit visit) {
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
    if (visit == Visit.ANEW) {
      query.put("prompt", "login");
      query.put("max_age", "0");
    }
    URI door = provider().authorization();
    String joint = door.getRawQuery() == null ? "?" : "&";
    String fields =
        query.entrySet().stream()
            .map(each -> each.getKey() + "=" + Provider.encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return new Departure(URI.create(door + joint + fields), journey.cookie());
  }

  /** Signs in whoever comes back, if all of it fits the way this browser went. */
  NewSession arrive(Arrival arrival, Browser browser) {
    try {
      IdTokens.Claims claims = identify(arrival);
      Instant now = clock.instant();
      AccountId account = vouching.account(claims, config().issuer().toString(), now);
      // A provider that does not say when it saw the person last is taken to have seen them now.
      Instant seen = claims.seenAt().filter(now::isAfter).orElse(now);
      return sessions.begin(account, new Shown(Strength.OIDC, seen), browser);
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
