package io.aragora.access.session;

import io.aragora.access.CallerSource;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.util.Optional;
import java.util.Set;

/** Refuses changes that another site's page makes a browser send. */
public final class SameSite {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private SameSite() {}

  /** Browsers say where a request comes from, and pages cannot lie about it; programs do not. */
  public static void require(Optional<String> fetchSite) {
    if (!fetchSite.map(OURS::contains).orElse(true)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this may not be asked from another site's page");
    }
  }

  /** As {@link #require}, and the page must know the token that belongs to the cookie. */
  static void requireToken(CallerSource.Head head, String token) {
    if (SAFE.contains(head.verb())) {
      return;
    }
    require(fetchSite(head));
    boolean known =
        head.only("X-CSRF-Token")
            .map(sent -> SessionTokens.same(sent, SessionTokens.csrf(token)))
            .orElse(false);
    if (!known) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN, "send X-CSRF-Token: GET /api/v1/me tells it as csrf_token");
    }
  }

  /** Sent twice it is nobody's. */
  private static Optional<String> fetchSite(CallerSource.Head head) {
    return head.headers().keySet().stream()
            .anyMatch(name -> name.equalsIgnoreCase("Sec-Fetch-Site"))
        ? Optional.of(head.only("Sec-Fetch-Site").orElse("unclear"))
        : Optional.empty();
  }
}
