package io.aragora.platform.http.safety;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What every answer tells browsers not to do with it. An answer that is a page sets a policy of its
 * own through {@link io.aragora.platform.http.Reply#with}.
 */
public final class SafetyHeaders {
  /** Nothing of ours is a page: nothing may be loaded, run, framed or sent from it. */
  static final String CONTENT_POLICY =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

  private static final String FEATURES =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(),"
          + " microphone=(), payment=(), usb=()";

  private final List<Header> all;

  private SafetyHeaders(List<Header> all) {
    this.all = List.copyOf(all);
  }

  public static SafetyHeaders of(Exposure exposure) {
    var all =
        new ArrayList<>(
            List.of(
                HeaderValues.create("X-Content-Type-Options", "nosniff"),
                HeaderValues.create("X-Frame-Options", "DENY"),
                HeaderValues.create("Referrer-Policy", "no-referrer"),
                HeaderValues.create("Content-Security-Policy", CONTENT_POLICY),
                HeaderValues.create("Cross-Origin-Opener-Policy", "same-origin"),
                HeaderValues.create("Cross-Origin-Resource-Policy", "same-origin"),
                HeaderValues.create("Permissions-Policy", FEATURES)));
    if (exposure.overTls()) {
      // Over plain HTTP the header means nothing, and a server on loopback has no TLS to insist on.
      all.add(
          HeaderValues.create("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
    }
    return new SafetyHeaders(all);
  }

  public void forEach(Consumer<Header> each) {
    all.forEach(each);
  }

  /** As lines of an answer's head. */
  public String lines() {
    return all.stream()
        .map(header -> header.name() + ": " + header.get() + "\r\n")
        .collect(Collectors.joining());
  }
}
