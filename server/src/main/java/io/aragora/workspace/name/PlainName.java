package io.aragora.workspace.name;

import java.text.Normalizer;

/** A name of a workspace or a person, as it may be shown and mailed. */
public final class PlainName {
  private static final int LONGEST = 200;

  private PlainName() {}

  /** The name in one spelling, or an exception that names the field. */
  public static String clean(String field, String written) {
    String name = Normalizer.normalize(written, Normalizer.Form.NFC).strip();
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          field + " must have 1 to " + LONGEST + " characters: " + name.length());
    }
    if (name.codePoints().anyMatch(PlainName::isHidden)) {
      throw new IllegalArgumentException(
          field + " must not have characters that hide, break or reorder text");
    }
    return name;
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
