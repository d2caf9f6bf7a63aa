package io.aragora.debate.words;

import java.util.Locale;

/** How a constant looks outside: its name in lower case. */
public final class Wire {
  private Wire() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
