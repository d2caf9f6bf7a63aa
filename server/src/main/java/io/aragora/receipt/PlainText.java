package io.aragora.receipt;

import java.util.stream.Collectors;

/**
 * Makes words written by strangers safe inside Markdown: nothing in them can become a link, an
 * image, HTML or a heading, and no hidden character can turn the reading order around.
 */
final class PlainText {
  private static final String ACTIVE = "\\`*_{}[]()#+-.!|~^\"':/=$%";

  private PlainText() {}

  /** A run of text inside a line: every character Markdown could act on is escaped. */
  static String inline(String words) {
    var out = new StringBuilder();
    visible(words.replaceAll("\\R|\t", " ").strip())
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@' -> out.append("&#64;");
                default -> {
                  if (ACTIVE.indexOf(point) >= 0) {
                    out.append('\\');
                  }
                  out.appendCodePoint(point);
                }
              }
            });
    return out.toString();
  }

  /** Words kept as they are: an indented code block, in which Markdown acts on nothing. */
  static String block(String words) {
    return visible(words).lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  /** Shows controls and direction overrides instead of obeying them. */
  private static String visible(String words) {
    var out = new StringBuilder();
    words
        .codePoints()
        .forEach(
            point -> {
              if (isHidden(point)) {
                out.append("[U+%04X]".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\n' && point != '\r' && point != '\t';
      // U+200D joins emoji and letters of several scripts: it belongs to the words.
      case Character.FORMAT -> point != 0x200D && point != 0x200C;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
