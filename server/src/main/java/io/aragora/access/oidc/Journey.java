package io.aragora.access.oidc;

import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One browser's way to the provider and back. The browser keeps 256 random bits in a cookie; state,
 * nonce and the code's verifier are made from them, so the server keeps nothing of a journey that
 * nobody finishes, and a state fits one browser only.
 */
final class Journey {
  static final Duration LIFE = Duration.ofMinutes(10);
  private static final String COOKIE = "__Host-aragora-oidc";
  private static final int BYTES = 32;
  private static final Pattern VALUE =
      Pattern.compile("(?:^|;\\s*)" + COOKIE + "=([0-9]{1,12})\\.([A-Za-z0-9_-]{43})(?:;|$)");

  private final long until;
  private final byte[] secret;

  private Journey(long until, byte[] secret) {
    this.until = until;
    this.secret = secret;
  }

  static Journey begin(RandomGenerator random, Instant now) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new Journey(now.plus(LIFE).getEpochSecond(), secret);
  }

  /** The journey this browser is on, unless it began too long ago. */
  static Optional<Journey> of(String cookies, Instant now) {
    Matcher found = VALUE.matcher(cookies);
    if (!found.find()) {
      return Optional.empty();
    }
    try {
      var journey =
          new Journey(Long.parseLong(found.group(1)), Base64Text.decodeUrl(found.group(2)));
      return Optional.of(journey).filter(each -> now.getEpochSecond() < each.until);
    } catch (IllegalArgumentException notCanonical) {
      return Optional.empty();
    }
  }

  /** Lax, because the way back is a link on the provider's page. */
  String cookie() {
    return "%s=%d.%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax"
        .formatted(COOKIE, until, Base64Text.encodeUrl(secret), LIFE.toSeconds());
  }

  /** The state holds the journey's end too, so that nobody lengthens it. */
  String state() {
    return derived("state|" + until);
  }

  String nonce() {
    return derived("nonce|" + until);
  }

  String verifier() {
    return derived("verifier|" + until);
  }

  /** The code challenge of RFC 7636, method S256. */
  String challenge() {
    return Sha256.ofText(verifier()).base64url();
  }

  boolean hasState(String given) {
    return MessageDigest.isEqual(
        state().getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  private String derived(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64Text.encodeUrl(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
