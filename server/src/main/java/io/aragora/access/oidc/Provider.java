package io.aragora.access.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.egress.EgressReply;
import io.aragora.platform.egress.EgressRequest;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the provider: where its doors are, its keys, codes for tokens. What it says of itself is
 * kept for a while, and asked for again when a token names a key we do not know, but not often.
 */
final class Provider {
  private static final System.Logger LOG = System.getLogger(Provider.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(30);
  private static final Duration LEFT_ALONE_FOR = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 256 * 1024;
  private static final int MOST_KEYS = 100;
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final OidcConfig config;
  private final Egress egress;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile Instant failedAt = Instant.EPOCH;

  Provider(OidcConfig config, Egress egress, InstantSource clock) {
    this.config = config;
    this.egress = egress;
    this.clock = clock;
  }

  /** What the provider said of itself, and when. */
  private record Known(OIDCProviderMetadata doors, JWKSet keys, Instant since) {}

  /** What a code was exchanged for. */
  record Tokens(String idToken, Optional<String> accessToken) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  URI authorization() {
    return known(FRESH).doors().getAuthorizationEndpointURI();
  }

  /** The keys that may sign, asked for anew when none has this name. */
  JWKSet keys(Optional<String> keyId) {
    JWKSet keys = known(FRESH).keys();
    boolean isUnknown = keyId.filter(id -> keys.getKeyByKeyId(id) == null).isPresent();
    return isUnknown ? known(ASKED_AGAIN_AFTER).keys() : keys;
  }

  Tokens exchange(String code, String verifier, URI redirect) {
    OIDCProviderMetadata doors = known(FRESH).doors();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("code_verifier", verifier);
    Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "application/json"));
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    authenticate(doors, form, headers);
    JsonNode answer =
        json(
            EgressRequest.post(
                doors.getTokenEndpointURI(),
                headers,
                form(form).getBytes(StandardCharsets.UTF_8),
                MOST_BYTES));
    if (!answer.path("id_token").isTextual()) {
      throw new OidcFault("the provider gave no ID token");
    }
    return new Tokens(
        answer.path("id_token").asText(),
        Optional.of(answer.path("access_token")).filter(JsonNode::isTextual).map(JsonNode::asText));
  }

  /** What the provider's user information says, for those that leave it out of the ID token. */
  IdTokens.Claims person(IdTokens.Claims so, String accessToken) {
    URI door = known(FRESH).doors().getUserInfoEndpointURI();
    if (door == null) {
      return so;
    }
    JsonNode said =
        json(
            EgressRequest.get(
                door,
                Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json"),
                MOST_BYTES));
    if (!said.path("sub").asText().equals(so.subject())) {
      throw new OidcFault("the user information is of another person");
    }
    return new IdTokens.Claims(
        so.subject(),
        Optional.of(said.path("email")).filter(JsonNode::isTextual).map(JsonNode::asText),
        said.path("email_verified").isBoolean() && said.path("email_verified").asBoolean(),
        so.seenAt());
  }

  private void authenticate(
      OIDCProviderMetadata doors, Map<String, String> form, Map<String, String> headers) {
    String secret = config.clientSecret();
    List<ClientAuthenticationMethod> ways = doors.getTokenEndpointAuthMethods();
    if (secret == null) {
      form.put("client_id", config.clientId());
    } else if (ways != null
        && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)) {
      form.put("client_id", config.clientId());
      form.put("client_secret", secret);
    } else {
      String pair = encoded(config.clientId()) + ":" + encoded(secret);
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** One thread asks, the others wait for what it hears; also for hearing nothing. */
  private Known known(Duration fresh) {
    Known now = known;
    if (now != null && isFresh(now, fresh)) {
      return now;
    }
    asking.lock();
    try {
      Known meanwhile = known;
      if (meanwhile != null && isFresh(meanwhile, fresh)) {
        return meanwhile;
      }
      if (clock.instant().isBefore(failedAt.plus(LEFT_ALONE_FOR))) {
        throw unavailable("it could not be asked a moment ago");
      }
      Known asked = askOrNote();
      known = asked;
      return asked;
    } finally {
      asking.unlock();
    }
  }

  private boolean isFresh(Known what, Duration fresh) {
    return clock.instant().isBefore(what.since().plus(fresh));
  }

  private Known askOrNote() {
    try {
      return ask();
    } catch (Refusal failed) {
      failedAt = clock.instant();
      throw failed;
    } catch (OidcFault refused) {
      failedAt = clock.instant();
      throw unavailable(String.valueOf(refused.getMessage()));
    }
  }

  private Known ask() {
    String base = config.issuer().toString();
    String slash = base.endsWith("/") ? "" : "/";
    URI address = URI.create(base + slash + ".well-known/openid-configuration");
    try {
      var doors =
          OIDCProviderMetadata.parse(
              Json.text(json(EgressRequest.get(address, Map.of(), MOST_BYTES))));
      check(doors);
      JWKSet keys =
          JWKSet.parse(
              Json.text(json(EgressRequest.get(doors.getJWKSetURI(), Map.of(), MOST_BYTES))));
      if (keys.size() > MOST_KEYS) {
        throw unavailable("it has more than " + MOST_KEYS + " keys");
      }
      return new Known(doors, keys.toPublicJWKSet(), clock.instant());
    } catch (ParseException | java.text.ParseException bad) {
      throw unavailable("what it says of itself is malformed: " + bad.getMessage());
    }
  }

  private void check(OIDCProviderMetadata doors) {
    if (!doors.getIssuer().getValue().equals(config.issuer().toString())) {
      throw unavailable("it calls itself " + doors.getIssuer() + ", not " + config.issuer());
    }
    boolean allUsable =
        Stream.of(
                doors.getAuthorizationEndpointURI(),
                doors.getTokenEndpointURI(),
                doors.getJWKSetURI())
            .allMatch(this::isUsable);
    URI info = doors.getUserInfoEndpointURI();
    if (!allUsable || info != null && !isUsable(info)) {
      throw unavailable("its addresses are not all given, or not all https");
    }
  }

  /** As safe as the issuer's own address is. */
  private boolean isUsable(@Nullable URI door) {
    return door != null
        && door.getHost() != null
        && ("https".equalsIgnoreCase(door.getScheme())
            || String.valueOf(config.issuer().getScheme())
                .toLowerCase(Locale.ROOT)
                .equals(door.getScheme()));
  }

  private JsonNode json(EgressRequest request) {
    try (EgressReply reply = egress.send(request, Deadline.in(PATIENCE))) {
      String text = reply.text();
      if (reply.status() >= 500 || reply.status() == 429) {
        throw unavailable("it answers " + reply.status());
      }
      if (reply.status() != 200) {
        throw new OidcFault("the provider refuses: " + reply.status() + " " + error(text));
      }
      return Json.tree(text);
    } catch (EgressFault gone) {
      throw unavailable(gone.kind() + " " + gone.getMessage());
    } catch (JsonFault notJson) {
      throw unavailable("it does not answer in JSON");
    }
  }

  /** The standard's word for what is wrong, if there is one; nothing else of the answer. */
  private static String error(String text) {
    try {
      String word = Json.tree(text).path("error").asText();
      return word.matches("[a-z_]{1,60}") ? word : "";
    } catch (JsonFault none) {
      return "";
    }
  }

  private static Refusal unavailable(String why) {
    LOG.log(System.Logger.Level.WARNING, "the sign-in provider cannot be used: {0}", why);
    return Refusal.retryLater(
        ErrorCode.SIGN_IN_UNAVAILABLE, "the sign-in provider cannot be used now", RETRY);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
