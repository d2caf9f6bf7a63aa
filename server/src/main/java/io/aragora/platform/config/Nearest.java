package io.aragora.platform.config;

import static java.util.Comparator.comparingInt;

import java.util.List;

/** Finds what somebody probably meant: the known name with the fewest letters to change. */
final class Nearest {
  private Nearest() {}

  static String to(String name, List<String> known) {
    return known.stream().min(comparingInt(each -> distance(name, each))).orElseThrow();
  }

  /** Levenshtein's distance, one row at a time. */
  static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
