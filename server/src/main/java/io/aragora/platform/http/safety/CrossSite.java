package io.aragora.platform.http.safety;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Set;

/**
 * Turns away changes that another site makes a browser send with our cookies. There are no CORS
 * headers either: only pages of this very origin may use the API by a cookie.
 */
public final class CrossSite {
  private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<String> SAFE_VERBS = Set.of("GET", "HEAD", "OPTIONS");

  /** From a page of ours, or typed by the user. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private CrossSite() {}

  public static void refuse(String verb, Headers headers) {
    if (!SAFE_VERBS.contains(verb)
        && headers.contains(HeaderNames.COOKIE)
        && headers.contains(SITE)
        && !OWN.containsAll(headers.get(SITE).allValues())) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "another site may not act with this browser's cookies");
    }
  }
}
