package io.aragora.platform.http.safety;

import io.aragora.platform.http.sender.Sender;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every answer tells browsers not to do with it. An answer that is a page sets a policy of its
 * own through {@link io.aragora.platform.http.Reply#with}.
 */
public final class SafetyHeaders {
  /** Nothing of ours is a page: nothing may be loaded, run, framed or sent from it. */
  static final String CONTENT_POLICY =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

  private static final String FEATURES =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
          + " magnetometer=(), microphone=(), payment=(), usb=()";

  private static final Header INSIST_ON_TLS =
      HeaderValues.create("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

  private final boolean overTls;
  private final List<Header> always =
      List.of(
          HeaderValues.create("X-Content-Type-Options", "nosniff"),
          HeaderValues.create("X-Frame-Options", "DENY"),
          HeaderValues.create("Referrer-Policy", "no-referrer"),
          HeaderValues.create("Content-Security-Policy", CONTENT_POLICY),
          HeaderValues.create("Cross-Origin-Opener-Policy", "same-origin"),
          HeaderValues.create("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.create("Permissions-Policy", FEATURES));

  private SafetyHeaders(boolean overTls) {
    this.overTls = overTls;
  }

  public static SafetyHeaders of(Exposure exposure) {
    return new SafetyHeaders(exposure.overTls());
  }

  /** For an answer to whoever asked in a way we know nothing of. */
  public void forEach(Consumer<Header> each) {
    all().forEach(each);
  }

  /**
   * For an answer to this sender. Over plain HTTP nobody may be told to stay with TLS, and a server
   * on loopback has no TLS to insist on.
   */
  public void forEach(Sender sender, Consumer<Header> each) {
    if (sender.scheme().filter("http"::equals).isPresent()) {
      always.forEach(each);
    } else {
      all().forEach(each);
    }
  }

  /** As lines of an answer's head. */
  public String lines() {
    return all()
        .map(header -> header.name() + ": " + header.get() + "\r\n")
        .collect(Collectors.joining());
  }

  private Stream<Header> all() {
    return overTls ? Stream.concat(always.stream(), Stream.of(INSIST_ON_TLS)) : always.stream();
  }
}
