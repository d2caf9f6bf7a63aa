package io.aragora.platform.http.sender;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses in X-Forwarded-For, from the last one back; it ends at what is no address. */
final class Hops {
  /** An address, or one with a port; IPv6 with a port stands in brackets. */
  private static final Pattern HOP =
      Pattern.compile(
          "\\[(?<six>[0-9A-Fa-f:.]{2,45})](:[0-9]{1,5})?"
              + "|(?<four>[0-9.]{7,15})(:[0-9]{1,5})?"
              + "|(?<bare>[0-9A-Fa-f:.]{2,45})");

  private final List<String> lines;
  private int line;
  private int end;

  Hops(List<String> lines) {
    this.lines = lines;
    this.line = lines.size() - 1;
    this.end = lines.isEmpty() ? 0 : lines.getLast().length();
  }

  /** The address before the last one given. */
  Optional<InetAddress> next() {
    if (line < 0) {
      return Optional.empty();
    }
    String text = lines.get(line);
    int comma = text.lastIndexOf(',', end - 1);
    String entry = text.substring(comma + 1, end).strip();
    if (comma < 0) {
      line--;
      end = line < 0 ? 0 : lines.get(line).length();
    } else {
      end = comma;
    }
    return address(entry);
  }

  private static Optional<InetAddress> address(String entry) {
    Matcher hop = HOP.matcher(entry);
    if (!hop.matches()) {
      return Optional.empty();
    }
    for (String form : List.of("six", "four", "bare")) {
      if (hop.group(form) != null) {
        return Address.of(hop.group(form)).map(Address::bare);
      }
    }
    return Optional.empty();
  }
}
