package io.aragora.platform.observe;

import io.aragora.platform.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a scraper must send as its bearer token to read the meters; none lets everybody read. Only
 * the token's hash is kept: who reads this server's files cannot scrape with them.
 */
public record MetricsToken(Optional<String> hash) {
  public static final MetricsToken NONE = new MetricsToken(Optional.empty());

  private static final String SCHEME = "Bearer ";
  private static final String HASHED = "sha256:";

  /** Of a token, or of its hash written as {@code sha256:} and 64 hex digits. */
  public static MetricsToken of(String text) {
    boolean isHash = text.matches(HASHED + "[0-9a-f]{64}");
    return new MetricsToken(Optional.of(isHash ? text.substring(HASHED.length()) : hash(text)));
  }

  /** Whether a request with this Authorization header may read. */
  public boolean admits(Optional<String> authorization) {
    return hash.isEmpty()
        || authorization
            .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(header -> hash(header.substring(SCHEME.length()).strip()))
            .filter(offered -> MessageDigest.isEqual(bytes(offered), bytes(hash.get())))
            .isPresent();
  }

  private static String hash(String token) {
    return Sha256.of(bytes(token)).hex();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
