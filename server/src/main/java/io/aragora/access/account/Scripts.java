package io.aragora.access.account;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which scripts a text is written in, and how it looks to somebody who reads Latin. */
final class Scripts {
  /** Scripts that are written together; every other mixture only serves to mislead. */
  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

  /** Small letters of other scripts (first row) that look like Latin ones (second row). */
  private static final List<List<String>> ALIKE =
      List.of(
          List.of("аеорсухіјѕԁһӏԛԝѵ", "aeopcyxijsdhlqwv"),
          List.of("οναικρυχγ", "ovaikpuxy"),
          List.of("օոսհցզ", "onuhgq"),
          List.of("ıɩɑɡ", "iiag"));

  private static final Map<Integer, Integer> LATIN = new HashMap<>();

  static {
    for (List<String> rows : ALIKE) {
      for (int at = 0; at < rows.getFirst().length(); at++) {
        LATIN.put((int) rows.getFirst().charAt(at), (int) rows.getLast().charAt(at));
      }
    }
  }

  private Scripts() {}

  static boolean areMixed(String text) {
    Set<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints().mapToObj(UnicodeScript::of).forEach(found::add);
    found.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    return found.size() > 1 && TOGETHER.stream().noneMatch(all -> all.containsAll(found));
  }

  /** The text with every letter that looks like a Latin one replaced by it. */
  static String skeleton(String text) {
    return text.codePoints()
        .map(sign -> LATIN.getOrDefault(sign, sign))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
