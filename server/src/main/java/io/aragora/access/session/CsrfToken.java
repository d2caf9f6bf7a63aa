package io.aragora.access.session;

import io.aragora.access.CallerSource;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.util.Set;

/** What a page must send with a change to show that it may read what the cookie lets it read. */
final class CsrfToken {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private CsrfToken() {}

  /** Refuses a change without the token that belongs to the cookie's. */
  static void require(CallerSource.Head head, String token) {
    boolean known =
        SAFE.contains(head.verb())
            || head.only("X-CSRF-Token")
                .map(sent -> SessionTokens.same(sent, SessionTokens.csrf(token)))
                .orElse(false);
    if (!known) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN, "send X-CSRF-Token: GET /api/v1/me tells it as csrf_token");
    }
  }
}
