package io.aragora.kernel;

import java.util.regex.Pattern;

/** What may stand in a name that people read: nothing unseen that changes how the rest looks. */
public final class Names {
  /**
   * Controls, what turns the reading order around, invisible spaces, separators, half characters.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}\\x{61c}\\x{200b}\\x{200e}\\x{200f}\\x{2028}-\\x{202e}\\x{2060}-\\x{206f}\\x{feff}"
              + "\\p{Cs}\\x{e0000}-\\x{e007f}]");

  private Names() {}

  /** Whether {@code name} has 1 to {@code most} characters that all show themselves. */
  public static boolean isPlain(String name, int most) {
    return !name.isBlank() && name.length() <= most && !UNSEEN.matcher(name).find();
  }
}
