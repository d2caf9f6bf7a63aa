package io.aragora.platform.http.sender;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits: one of them, or a network in CIDR notation. */
public final class Block {
  private static final Pattern BITS = Pattern.compile("[1-9][0-9]{0,2}");

  private final int length;
  private final int free;
  private final BigInteger prefix;

  private Block(InetAddress first, int bits) {
    length = first.getAddress().length;
    free = length * Byte.SIZE - bits;
    prefix = number(first).shiftRight(free);
  }

  /** The block that is written here, if it is one; not the one of all addresses. */
  public static Optional<Block> of(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    return Address.of(first)
        .flatMap(
            address -> {
              int most = address.getAddress().length * Byte.SIZE;
              if (slash < 0) {
                return Optional.of(new Block(address, most));
              }
              String bits = text.substring(slash + 1);
              return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= most
                  ? Optional.of(new Block(address, Integer.parseInt(bits)))
                  : Optional.empty();
            });
  }

  boolean contains(InetAddress address) {
    return address.getAddress().length == length && number(address).shiftRight(free).equals(prefix);
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }
}
