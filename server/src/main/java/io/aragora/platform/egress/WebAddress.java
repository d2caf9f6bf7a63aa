package io.aragora.platform.egress;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parts of an http(s) URI a connection is made from, read so that only one reading exists. */
record WebAddress(String scheme, String host, int port) {
  private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

  static WebAddress of(URI uri) {
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    Integer usual = PORTS.get(scheme);
    if (usual == null) {
      throw refused(uri, "the scheme is not http or https");
    }
    // A registry-based authority ("a_b", "evil@good", "host:port:port") has no host for java.net.
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw refused(uri, "there is no plain host name");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused(uri, "user information is not allowed");
    }
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    if (port == 0 || port > 65_535) {
      throw refused(uri, "the port does not exist");
    }
    return new WebAddress(scheme, host.toLowerCase(Locale.ROOT), port);
  }

  private static EgressFault refused(URI uri, String why) {
    return new EgressFault(
        EgressFault.Kind.REFUSED_ADDRESS, why + ": " + uri.getScheme() + "://" + uri.getHost());
  }
}
