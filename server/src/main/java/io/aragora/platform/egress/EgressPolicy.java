package io.aragora.platform.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the appliance may connect to: public addresses on the usual web ports, and the origins the
 * operator names, which are the only way to a loopback or private address.
 */
public record EgressPolicy(Set<URI> allowedOrigins, Set<Integer> ports, Duration connectTimeout) {
  private static final Set<Integer> WEB_PORTS = Set.of(80, 443, 8080, 8443);

  public EgressPolicy {
    allowedOrigins =
        allowedOrigins.stream().map(EgressPolicy::origin).collect(Collectors.toUnmodifiableSet());
    ports = Set.copyOf(ports);
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connect timeout must be positive: " + connectTimeout);
    }
  }

  /** Public addresses only, five seconds to connect. */
  public static EgressPolicy publicOnly() {
    return allowing(Set.of());
  }

  /** Public addresses and these origins, such as {@code http://127.0.0.1:8000}. */
  public static EgressPolicy allowing(Set<URI> origins) {
    return new EgressPolicy(origins, WEB_PORTS, Duration.ofSeconds(5));
  }

  boolean allows(URI uri) {
    return allowedOrigins.contains(origin(uri));
  }

  boolean allowsPort(int port) {
    return ports.contains(port);
  }

  /** Scheme, host and port of an address, in one spelling. */
  static URI origin(URI uri) {
    WebAddress address = WebAddress.of(uri);
    return URI.create(address.scheme() + "://" + address.host() + ":" + address.port());
  }
}
