package io.aragora.platform.http.safety;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.sender.Sender;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns away changes that another site's page makes a browser ask for: with our cookies, or where
 * everybody may come, as to sign in. Browsers say where a request comes from, and pages cannot lie
 * about it; programs do not. There are no CORS headers either: only pages of this very origin may
 * use the API by a cookie.
 */
public final class CrossSite {
  private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<String> SAFE_VERBS = Set.of("GET", "HEAD", "OPTIONS");

  /** From a page of ours, or typed by the user. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final String publicOrigin;

  public CrossSite(Exposure exposure) {
    URI url = exposure.publicUrl();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    this.publicOrigin = (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
  }

  public void refuse(String verb, Headers headers, Sender sender) {
    boolean byKey =
        headers.contains(HeaderNames.AUTHORIZATION) && !headers.contains(HeaderNames.COOKIE);
    if (!SAFE_VERBS.contains(verb) && !byKey && !isOwn(headers, sender)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this may not be asked from another site's page");
    }
  }

  /** Sent twice it is nobody's. Browsers too old to tell the site tell at least the origin. */
  private boolean isOwn(Headers headers, Sender sender) {
    if (headers.contains(SITE)) {
      List<String> site = headers.get(SITE).allValues();
      return site.size() == 1 && OWN.contains(site.getFirst());
    }
    if (headers.contains(HeaderNames.ORIGIN)) {
      List<String> origin = headers.get(HeaderNames.ORIGIN).allValues();
      return origin.size() == 1 && isOurs(origin.getFirst(), headers, sender);
    }
    return true;
  }

  /** The public address, or the one that this request was sent to. */
  private boolean isOurs(String origin, Headers headers, Sender sender) {
    String reached =
        sender.scheme().orElse("http") + "://" + headers.first(HeaderNames.HOST).orElse("");
    return origin.equals(publicOrigin) || origin.equals(reached.toLowerCase(Locale.ROOT));
  }
}
