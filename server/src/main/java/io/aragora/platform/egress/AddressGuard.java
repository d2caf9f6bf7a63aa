package io.aragora.platform.egress;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses nobody may be sent to. IPv4: every block IANA does not call global, and the
 * metadata service that sits in a global one. IPv6: only 2000::/3 is global, which leaves out
 * loopback, unique local, link local, multicast, mapped, compatible and NAT64; inside it the blocks
 * that carry another address (6to4, Teredo, ISATAP) or stand for none.
 */
final class AddressGuard {
  private static final List<IPAddress> REFUSED_V4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");
  private static final IPAddress GLOBAL_V6 = blocks("2000::/3").getFirst();
  private static final List<IPAddress> REFUSED_V6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private AddressGuard() {}

  static boolean refuses(InetAddress address) {
    return refuses(parsed(address.getHostAddress()));
  }

  private static boolean refuses(IPAddress address) {
    if (address.isIPv4()) {
      return REFUSED_V4.stream().anyMatch(block -> block.contains(address));
    }
    IPv6Address six = address.toIPv6();
    return six.hasZone()
        || isIsatap(six)
        || !GLOBAL_V6.contains(six)
        || REFUSED_V6.stream().anyMatch(block -> block.contains(six));
  }

  /** An interface id that holds an IPv4 address, under any prefix (RFC 5214). */
  private static boolean isIsatap(IPv6Address six) {
    return (six.getSegment(4).getSegmentValue() & ~0x0200) == 0
        && six.getSegment(5).getSegmentValue() == 0x5efe;
  }

  /** Whether a host written as an address is refused, every unusual spelling of one included. */
  static Optional<Boolean> refusesLiteral(String host) {
    if (host.startsWith("[")) {
      return Optional.of(refuses(parsed(host.substring(1, host.length() - 1))));
    }
    if (!endsInNumber(host)) {
      return Optional.empty();
    }
    // Octal, hexadecimal, short and one-number forms mean different hosts to different readers.
    boolean plain = host.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    return Optional.of(!plain || refuses(parsed(host)));
  }

  /** The URL standard's test for an IPv4 address: the last label is a number in some base. */
  private static boolean endsInNumber(String host) {
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = bare.substring(bare.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.matches("[0-9]+|0x[0-9a-f]*");
  }

  private static IPAddress parsed(String text) {
    IPAddress address = new IPAddressString(text).getAddress();
    if (address == null || address.isMultiple()) {
      throw new EgressFault(EgressFault.Kind.REFUSED_ADDRESS, "not one address: " + text);
    }
    return address;
  }

  private static List<IPAddress> blocks(String... written) {
    return Arrays.stream(written)
        .map(text -> new IPAddressString(text).getAddress().toPrefixBlock())
        .toList();
  }
}
