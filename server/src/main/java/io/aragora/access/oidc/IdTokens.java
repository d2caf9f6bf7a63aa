package io.aragora.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks ID tokens (OpenID Connect Core 3.1.3.7). Only three algorithms are known, each with its
 * own kind of public key, so that a token cannot choose how it is checked.
 */
final class IdTokens {
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final Duration OLDEST = Duration.ofMinutes(15);
  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();
  private static final int LONGEST_SUBJECT = 255;
  private static final int LEAST_RSA_BITS = 2048;

  private final String issuer;
  private final String clientId;

  IdTokens(String issuer, String clientId) {
    this.issuer = issuer;
    this.clientId = clientId;
  }

  /** What the provider says of a person, and maybe when they last showed it who they are. */
  record Claims(
      String subject, Optional<String> email, boolean isEmailVerified, Optional<Instant> seenAt) {}

  /** What a token must fit. */
  record Wanted(String nonce, Optional<String> accessToken, Instant now) {}

  /** The key's name in a token that is at least readable. */
  static Optional<String> keyId(String token) {
    return Optional.ofNullable(parse(token).getHeader().getKeyID());
  }

  Claims check(String token, JWKSet keys, Wanted wanted) {
    SignedJWT jwt = parse(token);
    checkSignature(jwt, keys);
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      checkAddress(claims);
      checkTimes(claims, wanted.now());
      require(same(wanted.nonce(), claims.getStringClaim("nonce")), "the nonce is another one");
      checkAccessToken(jwt, claims, wanted.accessToken());
      return of(claims);
    } catch (ParseException bad) {
      throw new OidcFault("the ID token's claims are malformed");
    }
  }

  private static SignedJWT parse(String token) {
    try {
      return SignedJWT.parse(token);
    } catch (ParseException bad) {
      throw new OidcFault("the ID token is not a signed one");
    }
  }

  private static void checkSignature(SignedJWT jwt, JWKSet keys) {
    String id = jwt.getHeader().getKeyID();
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    List<JWK> fitting =
        keys.getKeys().stream()
            .filter(key -> id == null || id.equals(key.getKeyID()))
            .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
            .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
            .toList();
    require(
        fitting.stream()
            .map(key -> verifier(key, algorithm))
            .flatMap(Optional::stream)
            .anyMatch(verifies(jwt)),
        "no key of the provider verifies the ID token");
  }

  private static Predicate<JWSVerifier> verifies(SignedJWT jwt) {
    return verifier -> {
      try {
        return jwt.verify(verifier);
      } catch (JOSEException unfit) {
        return false;
      }
    };
  }

  /** A way to verify by this key, if it is of the algorithm's own kind and strong enough. */
  private static Optional<JWSVerifier> verifier(JWK key, JWSAlgorithm algorithm) {
    try {
      if (algorithm.equals(JWSAlgorithm.RS256)
          && key instanceof RSAKey rsa
          && rsa.size() >= LEAST_RSA_BITS) {
        return Optional.of(new RSASSAVerifier(rsa));
      }
      if (algorithm.equals(JWSAlgorithm.ES256)
          && key instanceof ECKey ec
          && ec.getCurve().equals(Curve.P_256)) {
        return Optional.of(new ECDSAVerifier(ec));
      }
      if (algorithm.equals(JWSAlgorithm.EdDSA)
          && key instanceof OctetKeyPair pair
          && pair.getCurve().equals(Curve.Ed25519)) {
        return Optional.of(new Ed25519Verifier(pair.toPublicJWK()));
      }
      return Optional.empty();
    } catch (JOSEException unusable) {
      return Optional.empty();
    }
  }

  private void checkAddress(JWTClaimsSet claims) throws ParseException {
    require(issuer.equals(claims.getIssuer()), "the ID token is of another issuer");
    require(claims.getAudience().contains(clientId), "the ID token is for another client");
    String party = claims.getStringClaim("azp");
    require(
        party == null ? claims.getAudience().size() == 1 : party.equals(clientId),
        "the ID token was issued to another client");
  }

  private static void checkTimes(JWTClaimsSet claims, Instant now) {
    Date expires = claims.getExpirationTime();
    require(
        expires != null && now.minus(SKEW).isBefore(expires.toInstant()),
        "the ID token has expired");
    Date issued = claims.getIssueTime();
    require(
        issued != null
            && !issued.toInstant().isAfter(now.plus(SKEW))
            && issued.toInstant().isAfter(now.minus(OLDEST)),
        "the ID token was not issued just now");
    Date begins = claims.getNotBeforeTime();
    require(
        begins == null || !begins.toInstant().isAfter(now.plus(SKEW)),
        "the ID token is not valid yet");
  }

  private static void checkAccessToken(
      SignedJWT jwt, JWTClaimsSet claims, Optional<String> accessToken) throws ParseException {
    String hash = claims.getStringClaim("at_hash");
    if (hash == null || accessToken.isEmpty()) {
      return;
    }
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    var computed =
        AccessTokenHash.compute(
            new BearerAccessToken(accessToken.get()),
            algorithm,
            algorithm.equals(JWSAlgorithm.EdDSA) ? Curve.Ed25519 : null);
    require(same(computed.getValue(), hash), "the access token is another one");
  }

  private static Claims of(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    require(
        subject != null && !subject.isBlank() && subject.length() <= LONGEST_SUBJECT,
        "the ID token names nobody");
    return claims(String.valueOf(subject), claims.getClaims());
  }

  /** Only {@code true} is verified; the text "true" is what some forms send, and is not. */
  static Claims claims(String subject, Map<String, Object> said) {
    Optional<String> email =
        Optional.ofNullable(said.get("email"))
            .filter(String.class::isInstance)
            .map(String.class::cast);
    Optional<Instant> seenAt =
        Optional.ofNullable(said.get("auth_time"))
            .filter(Number.class::isInstance)
            .map(each -> ((Number) each).longValue())
            .filter(seconds -> seconds > 0 && seconds < LATEST)
            .map(Instant::ofEpochSecond);
    return new Claims(subject, email, Boolean.TRUE.equals(said.get("email_verified")), seenAt);
  }

  private static boolean same(String wanted, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OidcFault(otherwise);
    }
  }
}
