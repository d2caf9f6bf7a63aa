package io.aragora.provider.rehearsal;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One sentence of the material, letter for letter.
 *
 * @param source the id of the evidence it stands in; empty for the brief's context
 * @param polarity how far its words speak for (up to 3) or against (down to -3) what it is about
 */
record Sentence(String source, String text, List<String> words, int polarity) {
  private static final int LONGEST = 280;

  static Sentence of(String source, String text) {
    List<String> words = Words.of(text);
    return new Sentence(source, text, words, Words.polarity(words));
  }

  /** The sentences of a text; each is a span of it, so that it can be quoted. */
  static List<Sentence> in(String source, String text) {
    List<Sentence> found = new ArrayList<>();
    for (String line : text.split("\\R")) {
      BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
      ends.setText(line);
      int start = ends.first();
      for (int end = ends.next(); end != BreakIterator.DONE; start = end, end = ends.next()) {
        String span = cut(line.substring(start, end).strip());
        if (!span.isEmpty()) {
          found.add(of(source, span));
        }
      }
    }
    return found;
  }

  boolean isAttached() {
    return !source.isEmpty();
  }

  boolean hasFigures() {
    return text.chars().anyMatch(Character::isDigit);
  }

  boolean mentionsStem(String stem) {
    return words.stream().anyMatch(word -> word.startsWith(stem)) || text.contains(stem + " ");
  }

  boolean mentionsAny(List<String> keys) {
    return keys.stream().anyMatch(words::contains);
  }

  /** How many telling words two sentences share. */
  long sharedWith(Sentence other) {
    return words.stream().distinct().filter(Words::tells).filter(other.words::contains).count();
  }

  /** A long sentence is quoted up to its last whole word within the limit. */
  private static String cut(String span) {
    if (span.length() <= LONGEST) {
      return span;
    }
    int space = span.lastIndexOf(' ', LONGEST);
    int end = space > 0 ? space : LONGEST;
    return span.substring(0, Character.isHighSurrogate(span.charAt(end - 1)) ? end - 1 : end);
  }
}
