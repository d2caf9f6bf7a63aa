package io.aragora.kernel;

import java.text.Normalizer;
import java.util.Objects;

/** What may stand in a name that people read: nothing unseen that changes how the rest looks. */
public final class Names {
  /** The most characters of a name, where nothing else is said. */
  public static final int LONGEST = 200;

  /** Joiners are unseen, but some scripts cannot be written without them. */
  private static final String JOINERS = "\u200c\u200d";

  /** Letters and signs, by their category, that show nothing. */
  private static final String BLANK = "\u115f\u1160\u2800\u3164\uffa0";

  private Names() {}

  /** Whether {@code name} has 1 to {@code most} characters that all show themselves. */
  public static boolean isPlain(String name, int most) {
    return !name.isBlank() && name.length() <= most && name.codePoints().noneMatch(Names::isUnseen);
  }

  /**
   * The name in one spelling and without the space around it; refuses one that is empty, too long
   * or not plain.
   */
  public static String require(String written, int most) {
    Objects.requireNonNull(written, "name");
    String name = Normalizer.normalize(written, Normalizer.Form.NFC).strip();
    if (name.isEmpty() || name.length() > most) {
      throw Refusal.invalid("/name", "length", "a name has 1 to %d characters".formatted(most));
    }
    if (!isPlain(name, most)) {
      throw Refusal.invalid(
          "/name", "characters", "a name has nothing that hides, breaks or reorders text");
    }
    return name;
  }

  private static boolean isUnseen(int point) {
    if (BLANK.indexOf(point) >= 0) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.FORMAT -> JOINERS.indexOf(point) < 0;
      case Character.CONTROL,
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
