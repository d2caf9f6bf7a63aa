package io.aragora.cli;

import java.util.Locale;
import java.util.UUID;

/** Text that came from outside, made fit for a terminal or for an id. */
final class Words {
  private Words() {}

  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]", "?");
  }

  /** An id as it may stand in a path, or a complaint. */
  static String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException bad) {
      throw CliFault.usage("not an id: " + plain(text));
    }
  }

  /** An option's id from its label: {@code "Build it!"} is {@code build-it}. */
  static String id(String label) {
    var id = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return id.length() > 40 ? id.substring(0, 40) : id;
  }
}
