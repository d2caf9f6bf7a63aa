package io.aragora.platform.http.sender;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as text, read strictly: a form that two readers could take for two is none. */
public final class Address {
  private static final Pattern FOUR =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** The part of an IPv6 address that a household gets. */
  private static final int NETWORK_BYTES = 8;

  private Address() {}

  /** The one address that is written here, if it is one. */
  public static Optional<InetAddress> of(String text) {
    boolean four = FOUR.matcher(text).matches();
    if (!four && !(text.indexOf(':') >= 0 && SIX.matcher(text).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Without the interface it came in by, which is no part of who sends. */
  static InetAddress bare(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException everyAddressHasAGoodLength) {
      throw new IllegalStateException(everyAddressHasAGoodLength);
    }
  }

  /**
   * What callers at this address are counted by: a household has a /64 of IPv6 addresses to call
   * from, so all of them count as one.
   */
  public static String network(String address) {
    return of(address).map(Address::network).orElse(address);
  }

  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
