package io.aragora.debate.engine;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Compares texts by their words. A text becomes the sorted set of hashes of its neighbouring word
 * pairs; two texts say the same if at least four of five pairs are shared and their numbers and
 * negations are the same. One pass over the characters, no allocation per word.
 */
public final class Lexicon {
  private static final int LONGEST_KEY = 80;
  private static final int START = 17;
  private static final int[] NEGATIONS = negations();

  private Lexicon() {}

  /** What is compared of a text: its word pairs, and the sum of its numbers and negations. */
  record Print(int[] pairs, long marks, long sketch) {
    boolean saysTheSameAs(Print other) {
      return marks == other.marks && mayShare(other) && other.mayShare(this) && shares(other);
    }

    /** Each bit of ours that the other lacks is a pair it lacks; over a quarter is too many. */
    private boolean mayShare(Print other) {
      return 4 * Long.bitCount(sketch & ~other.sketch) <= pairs.length;
    }

    private boolean shares(Print other) {
      int shared = 0;
      int i = 0;
      int j = 0;
      while (i < pairs.length && j < other.pairs.length) {
        int a = pairs[i];
        int b = other.pairs[j];
        shared += a == b ? 1 : 0;
        i += a <= b ? 1 : 0;
        j += b <= a ? 1 : 0;
      }
      int either = pairs.length + other.pairs.length - shared;
      return 5 * shared >= 4 * either;
    }
  }

  static Print print(String raw) {
    String text = plain(raw);
    int[] pairs = new int[64];
    int count = 0;
    long marks = 0;
    int before = START;
    int at = 0;
    while (at < text.length()) {
      int word = START;
      boolean number = false;
      int from = at;
      char c = text.charAt(at);
      while (isWordChar(c) && !(at > from && isWordOfItsOwn(c))) {
        word = word * 31 + lower(c);
        number |= c < 128 ? c <= '9' : Character.isDigit(c);
        at++;
        if (at == text.length() || isWordOfItsOwn(c)) {
          break;
        }
        c = text.charAt(at);
      }
      if (at == from) {
        at++;
        continue;
      }
      if (number || Arrays.binarySearch(NEGATIONS, word) >= 0) {
        marks += Shuffle.mix(word);
      }
      if (count == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * count);
      }
      pairs[count++] = before * 0x9E3779B1 + word;
      before = word;
    }
    return finished(pairs, count, marks);
  }

  /** Scripts without spaces count one word a character. */
  private static boolean isWordOfItsOwn(char c) {
    return c > 127 && Character.isIdeographic(c);
  }

  /** The key of an open answer: letters and digits in lower case, one dash between words. */
  public static String key(String raw) {
    String text = plain(raw);
    var key = new StringBuilder(Math.min(text.length(), LONGEST_KEY));
    boolean gap = false;
    for (int i = 0; i < text.length() && key.length() < LONGEST_KEY; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        gap = !key.isEmpty();
        continue;
      }
      if (gap) {
        key.append('-');
        gap = false;
      }
      key.append(lower(c));
    }
    return key.toString();
  }

  /** Compatibility forms are folded; most texts are ASCII and need nothing. */
  private static String plain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) > 127) {
        return Normalizer.normalize(raw, Normalizer.Form.NFKC);
      }
    }
    return raw;
  }

  private static boolean isWordChar(char c) {
    return c < 128
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  private static char lower(char c) {
    return c < 128 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
  }

  private static int hash(String text, int from, int to) {
    int h = START;
    for (int i = from; i < to; i++) {
      h = h * 31 + lower(text.charAt(i));
    }
    return h;
  }

  private static Print finished(int[] pairs, int count, long marks) {
    Arrays.sort(pairs, 0, count);
    int kept = 0;
    long sketch = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || pairs[i] != pairs[kept - 1]) {
        sketch |= 1L << (pairs[i] >>> 26);
        pairs[kept++] = pairs[i];
      }
    }
    return new Print(Arrays.copyOf(pairs, kept), marks, sketch);
  }

  private static int[] negations() {
    // "t" is what is left of don't, isn't, can't.
    String words =
        "not no never none nor neither without cannot t nicht kein keine ohne nie ne pas non sans"
            + " jamais nunca sin ni mai senza";
    int[] hashes =
        Arrays.stream(words.toLowerCase(Locale.ROOT).split(" "))
            .mapToInt(word -> hash(word, 0, word.length()))
            .toArray();
    Arrays.sort(hashes);
    return hashes;
  }
}
