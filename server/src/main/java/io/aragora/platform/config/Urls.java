package io.aragora.platform.config;

import io.aragora.platform.config.Kind.BadValue;
import io.aragora.platform.http.sender.Block;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads addresses strictly: what a later part would guess at is refused here. */
final class Urls {
  private static final String JDBC = "jdbc:postgresql://";

  private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:-]{1,255}");

  /** The last label of a name begins with a letter: else it is an address gone wrong. */
  private static final Pattern NAME =
      Pattern.compile("([0-9A-Za-z_]([0-9A-Za-z_-]{0,62})\\.)*[A-Za-z_][0-9A-Za-z_-]{0,62}\\.?");

  private Urls() {}

  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new BadValue("is not a host name or IP address");
    }
    return text;
  }

  /** An address, a block of them, or a name that cannot be mistaken for one. */
  static String proxy(String text) {
    if (Block.of(text).isEmpty() && !NAME.matcher(text).matches()) {
      throw new BadValue("names what is no address, no block of addresses and no host");
    }
    return text;
  }

  /** The address of a server on this machine; a wildcard host is reached by loopback. */
  static URI local(String host, int port) {
    var reached = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    var quoted = reached.indexOf(':') >= 0 ? "[" + reached + "]" : reached;
    return URI.create("http://%s:%d".formatted(quoted, port));
  }

  /** The address of the HTTPS edge; its port is left out where it is HTTPS' own. */
  static URI edge(String host, int port) {
    var quoted = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("https://" + quoted + (port == 443 ? "" : ":" + port));
  }

  static URI base(String text) {
    var uri = parse(text);
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new BadValue("is not an http or https URL");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw new BadValue("is a URL without a usable host and port");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new BadValue("is a URL with a user, query or fragment");
    }
    return uri;
  }

  /** Whether nobody on the way can read or change what goes to this address. */
  static boolean isPrivate(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return "https".equalsIgnoreCase(uri.getScheme())
        || host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  static URI origin(String text) {
    var uri = base(text);
    if (!uri.getRawPath().isEmpty()) {
      throw new BadValue("has an origin with a path");
    }
    return uri;
  }

  static String database(String text) {
    if (!text.startsWith(JDBC) || text.length() == JDBC.length()) {
      throw new BadValue("is not a PostgreSQL URL");
    }
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("password=") || lower.contains("user=") || lower.contains("@")) {
      throw new BadValue("is a URL with a user or password in it");
    }
    parse(text.substring("jdbc:".length()));
    return text;
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException bad) {
      throw new BadValue("is not a URL");
    }
  }
}
