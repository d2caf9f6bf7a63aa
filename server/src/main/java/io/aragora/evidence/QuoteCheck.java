package io.aragora.evidence;

/** Tells whether a quoted span really stands in a text; only white space may differ. */
final class QuoteCheck {
  /** Shorter spans stand in nearly every text and so prove nothing. */
  private static final int SHORTEST = 12;

  private QuoteCheck() {}

  static boolean holds(String text, String quote) {
    String wanted = folded(quote);
    return wanted.length() >= SHORTEST && folded(text).contains(wanted);
  }

  private static String folded(String text) {
    var out = new StringBuilder(text.length());
    boolean gap = false;
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (Character.isWhitespace(each) || each == '\u00a0') {
        gap = out.length() > 0;
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(each);
      }
    }
    return out.toString();
  }
}
