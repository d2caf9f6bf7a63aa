package io.aragora.debate;

import java.util.Locale;

/** How a constant looks outside: its name in lower case. */
final class Wire {
  private Wire() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
