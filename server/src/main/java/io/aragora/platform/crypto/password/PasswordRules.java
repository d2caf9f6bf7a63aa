package io.aragora.platform.crypto.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.aragora.kernel.Refusal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a password must be: 12 to 128 characters that are hard to guess; no other rule. */
final class PasswordRules {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 128;
  // Judging takes time that grows with the length: what is hard so far is hard enough.
  private static final int JUDGED = 64;
  private static final int HARD_ENOUGH = 3;
  private static final int LEAST_OF_ONES_OWN = 8;
  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Its dictionaries take some ten megabytes: read once, when the first password is judged. */
  private static final class Judge {
    static final Zxcvbn ONE = new Zxcvbn();
  }

  /** The same characters however a keyboard composes them. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  static boolean fits(String normal) {
    return length(normal) <= LONGEST;
  }

  /** {@code known} are words that others know of this person: e-mail, name. */
  void check(String normal, List<String> known) {
    int length = length(normal);
    if (length < SHORTEST || length > LONGEST) {
      throw Refusal.invalid(
          "/password", "length", "a password has %d to %d characters".formatted(SHORTEST, LONGEST));
    }
    String judged = normal.substring(0, normal.offsetByCodePoints(0, Math.min(length, JUDGED)));
    List<String> words = words(known);
    if (isMadeOf(words, judged) || Judge.ONE.measure(judged, words).getScore() < HARD_ENOUGH) {
      throw Refusal.invalid(
          "/password",
          "weak",
          "this password is easy to guess: take several words that do not belong together");
    }
  }

  /** Whether little is left without the words that others know. */
  private static boolean isMadeOf(List<String> words, String password) {
    String left = password.toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (word.length() > 3) {
        left = left.replace(word.toLowerCase(Locale.ROOT), "");
      }
    }
    return length(left) < LEAST_OF_ONES_OWN;
  }

  private static List<String> words(List<String> known) {
    var words = new ArrayList<>(List.of("aragora", "appliance"));
    for (String each : known) {
      words.add(each);
      words.addAll(WORDS.splitAsStream(each).filter(word -> word.length() > 2).toList());
    }
    return words;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
