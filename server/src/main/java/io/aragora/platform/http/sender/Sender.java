package io.aragora.platform.http.sender;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who sent a request: the address it comes from, and over which scheme, where that is known.
 *
 * @param scheme {@code http} or {@code https}, as a trusted proxy tells
 */
public record Sender(String address, Optional<String> scheme) {
  private static final String NOWHERE = "unknown";

  /** Further back nobody looks: each is a proxy of ours, and nobody has so many in a row. */
  private static final int MOST_HOPS = 32;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** What proxies write into a request's head, line by line in the order it came. */
  public record Forwarded(List<String> addresses, List<String> schemes) {
    public Forwarded {
      addresses = List.copyOf(addresses);
      schemes = List.copyOf(schemes);
    }
  }

  /**
   * The nearest in the chain of proxies who is not one of ours. What stands to the left of it, or
   * of something that is no address, is hearsay; so is everything where a stranger connects.
   */
  public static Sender of(SocketAddress peer, Forwarded forwarded, TrustedProxies proxies) {
    if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return new Sender(NOWHERE, Optional.empty());
    }
    InetAddress at = Address.bare(inet.getAddress());
    if (!proxies.contain(at)) {
      return new Sender(at.getHostAddress(), Optional.empty());
    }
    var hops = new Hops(forwarded.addresses());
    for (int hop = 0; hop < MOST_HOPS && proxies.contain(at); hop++) {
      Optional<InetAddress> before = hops.next();
      if (before.isEmpty()) {
        break;
      }
      at = before.get();
    }
    return new Sender(at.getHostAddress(), scheme(forwarded.schemes()));
  }

  /** Several that say the same are one; several that do not say nothing. */
  private static Optional<String> scheme(List<String> lines) {
    Set<String> said =
        lines.stream()
            .flatMap(line -> List.of(line.split(",", -1)).stream())
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return said.size() == 1 && SCHEMES.containsAll(said)
        ? said.stream().findFirst()
        : Optional.empty();
  }
}
