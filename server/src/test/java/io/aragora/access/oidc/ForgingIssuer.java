package io.aragora.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A provider on loopback that says whatever the test wants it to. */
final class ForgingIssuer implements AutoCloseable {
  static final RSAKey KEY = rsa("first");

  private final HttpServer server;
  volatile Supplier<String> idToken = () -> "";
  volatile Map<String, Object> userInfo = Map.of();
  volatile JWKSet keys = new JWKSet(KEY);
  volatile String calledItself;
  volatile int status = 200;
  volatile int discoveries;
  volatile int exchanges;
  volatile String form = "";
  volatile String authorization = "";

  ForgingIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    calledItself = uri().toString();
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", at -> answer(at, keys.toString(true)));
    server.createContext("/token", this::token);
    server.createContext("/me", at -> answer(at, Json.text(userInfo)));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What a right token says. */
  JWTClaimsSet.Builder claims(Instant now, String nonce, String email) {
    return new JWTClaimsSet.Builder()
        .issuer(uri().toString())
        .audience("aragora")
        .subject("subject-of-" + email)
        .claim("nonce", nonce)
        .claim("email", email)
        .claim("email_verified", true)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  static String signed(JWTClaimsSet claims) {
    return signed(claims, JWSAlgorithm.RS256, KEY, signer(KEY));
  }

  static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWK key, JWSSigner signer) {
    try {
      var jwt =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException bad) {
      throw new IllegalStateException(bad);
    }
  }

  static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException bad) {
      throw new IllegalStateException(bad);
    }
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException bad) {
      throw new IllegalStateException(bad);
    }
  }

  private void discovery(HttpExchange at) throws IOException {
    discoveries++;
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("issuer", calledItself);
    said.put("authorization_endpoint", uri() + "/authorize");
    said.put("token_endpoint", uri() + "/token");
    said.put("jwks_uri", uri() + "/keys");
    said.put("userinfo_endpoint", uri() + "/me");
    said.put("response_types_supported", new String[] {"code"});
    said.put("subject_types_supported", new String[] {"public"});
    said.put("id_token_signing_alg_values_supported", new String[] {"RS256"});
    answer(at, Json.text(said));
  }

  private void token(HttpExchange at) throws IOException {
    exchanges++;
    form = new String(at.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    authorization = String.valueOf(at.getRequestHeaders().getFirst("Authorization"));
    answer(
        at,
        status == 200
            ? Json.text(
                Map.of(
                    "id_token", idToken.get(), "access_token", "token-1", "token_type", "Bearer"))
            : "{\"error\": \"invalid_grant\"}");
  }

  private void answer(HttpExchange at, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    at.getResponseHeaders().set("Content-Type", "application/json");
    at.sendResponseHeaders(status, bytes.length);
    at.getResponseBody().write(bytes);
    at.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
