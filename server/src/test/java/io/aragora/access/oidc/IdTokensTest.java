package io.aragora.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Tokens that lie about how they are signed; all else in them is right. */
final class IdTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final JWTClaimsSet RIGHT =
      new JWTClaimsSet.Builder()
          .issuer("https://id.example.org")
          .audience("aragora")
          .subject("anna")
          .claim("nonce", "n-1")
          .issueTime(Date.from(NOW))
          .expirationTime(Date.from(NOW.plusSeconds(300)))
          .build();

  private final IdTokens tokens = new IdTokens("https://id.example.org", "aragora");

  @Test
  void aRightTokenIsTaken() {
    var claims = check(new JWKSet(ForgingIssuer.KEY), ForgingIssuer.signed(RIGHT));
    assertThat(claims)
        .isEqualTo(new IdTokens.Claims("anna", Optional.empty(), false, Optional.empty()));
  }

  @Test
  void aTokenWithAWrongSignatureIsRefused() {
    RSAKey forged = ForgingIssuer.rsa("first");
    assertToken(
        claims ->
            ForgingIssuer.signed(claims, JWSAlgorithm.RS256, forged, ForgingIssuer.signer(forged)),
        "no key of the provider");
    assertToken(
        claims -> {
          String right = ForgingIssuer.signed(claims);
          return right.substring(0, right.length() - 8) + "AAAAAAAA";
        },
        "no key of the provider");
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    assertToken(claims -> new PlainJWT(claims).serialize(), "not a signed one");
    assertToken(
        claims -> ForgingIssuer.signed(claims).replaceFirst("\\.[^.]*$", "."), "not a signed one");
    assertToken(claims -> "", "not a signed one");
  }

  @Test
  void aTokenSignedWithThePublicKeyAsAPasswordIsRefused() throws Exception {
    byte[] pem = ForgingIssuer.KEY.toRSAPublicKey().getEncoded();
    byte[] json = ForgingIssuer.KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    for (byte[] password : List.of(pem, json)) {
      assertToken(
          claims -> {
            try {
              var jwt =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
              jwt.sign(new MACSigner(password));
              return jwt.serialize();
            } catch (JOSEException bad) {
              throw new IllegalStateException(bad);
            }
          },
          "no key of the provider");
    }
  }

  @Test
  void aTokenThatBringsItsOwnKeyIsRefused() throws Exception {
    RSAKey own = ForgingIssuer.rsa("own");
    assertToken(
        claims -> {
          try {
            var jwt =
                new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
                    claims);
            jwt.sign(ForgingIssuer.signer(own));
            return jwt.serialize();
          } catch (JOSEException bad) {
            throw new IllegalStateException(bad);
          }
        },
        "no key of the provider");
  }

  @Test
  void anAlgorithmOutsideOfThoseAllowedOrAShortKeyIsRefused() throws Exception {
    assertToken(
        claims ->
            ForgingIssuer.signed(
                claims,
                JWSAlgorithm.PS256,
                ForgingIssuer.KEY,
                ForgingIssuer.signer(ForgingIssuer.KEY)),
        "no key of the provider");
    RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
    assertToken(
        new JWKSet(weak),
        claims ->
            ForgingIssuer.signed(
                claims,
                JWSAlgorithm.RS256,
                weak,
                new com.nimbusds.jose.crypto.RSASSASigner(weakKey(weak), true)),
        "no key of the provider");
  }

  private IdTokens.Claims check(JWKSet keys, String token) {
    return tokens.check(token, keys, new IdTokens.Wanted("n-1", Optional.empty(), NOW));
  }

  private void assertToken(Function<JWTClaimsSet, String> forged, String why) {
    assertToken(new JWKSet(ForgingIssuer.KEY), forged, why);
  }

  private void assertToken(JWKSet keys, Function<JWTClaimsSet, String> forged, String why) {
    String token = forged.apply(RIGHT);
    assertThatThrownBy(() -> check(keys, token))
        .isInstanceOf(OidcFault.class)
        .hasMessageContaining(why);
  }

  private static java.security.PrivateKey weakKey(RSAKey key) {
    try {
      return key.toPrivateKey();
    } catch (JOSEException bad) {
      throw new IllegalStateException(bad);
    }
  }
}
