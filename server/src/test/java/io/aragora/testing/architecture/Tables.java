package io.aragora.testing.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who writes which table. SQL stands only in stores (and in {@code platform.db}); each table has
 * one writing package; {@code usage} may only read; a table with a workspace guards its rows.
 */
final class Tables {
  private static final Pattern WRITE =
      Pattern.compile(
          "\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?)"
              + "\\s+(?:only\\s+)?([a-z_][a-z_0-9]*)");
  private static final Pattern NOT_A_TABLE = Pattern.compile("set|skip|of|nowait|no|on|or");
  private static final Pattern LOOKS_LIKE_SQL =
      Pattern.compile(
          "\\A\\s*(?:with\\s+\\w+\\s+as\\s*\\(|select\\s[\\s\\S]*\\sfrom\\s|insert\\s+into\\s"
              + "|update\\s+\\w+\\s[\\s\\S]*\\bset\\s|delete\\s+from\\s)");
  private static final Pattern CREATE =
      Pattern.compile("create\\s+table\\s+(\\w+)\\s*\\(([\\s\\S]*?)\\n\\)");

  private Tables() {}

  static List<String> complaints(Code code) {
    var found = new ArrayList<String>();
    var writers = new TreeMap<String, TreeSet<String>>();
    for (SourceFile file : code.sources()) {
      for (String text : file.texts()) {
        read(code, file, text, writers, found);
      }
    }
    writers.forEach(
        (table, packages) -> {
          if (packages.size() > 1) {
            found.add("table %s is written by %s".formatted(table, packages));
          }
        });
    found.addAll(unguarded(code));
    return found;
  }

  private static void read(
      Code code,
      SourceFile file,
      String text,
      Map<String, TreeSet<String>> writers,
      List<String> found) {
    if (file.packageName().startsWith(code.in("platform.db"))) {
      return;
    }
    if (LOOKS_LIKE_SQL.matcher(text).find() && !file.name().endsWith("Store")) {
      found.add("%s holds SQL and is not a store: %s".formatted(file.path(), text.strip()));
    }
    if (!file.name().endsWith("Store")) {
      return;
    }
    var writes = WRITE.matcher(text);
    while (writes.find()) {
      var table = writes.group(1);
      if (!NOT_A_TABLE.matcher(table).matches()) {
        writers.computeIfAbsent(table, any -> new TreeSet<>()).add(file.packageName());
        if (file.packageName().startsWith(code.in("usage"))) {
          found.add("%s writes table %s; usage may only read".formatted(file.path(), table));
        }
      }
    }
  }

  private static List<String> unguarded(Code code) {
    var all = new StringBuilder();
    code.migrations().forEach(each -> all.append(each.text()).append('\n'));
    var sql = all.toString();
    var found = new ArrayList<String>();
    var tables = CREATE.matcher(sql);
    while (tables.find()) {
      if (Pattern.compile("\\bworkspace_id\\b").matcher(tables.group(2)).find()) {
        for (String guard : List.of("enable", "force")) {
          demand(sql, "alter\\s+table\\s+%s\\s+" + guard + "\\s+row", tables.group(1), found);
        }
        demand(sql, "create\\s+policy\\s+\\w+\\s+on\\s+%s\\b", tables.group(1), found);
      }
    }
    return found;
  }

  private static void demand(String sql, String pattern, String table, List<String> found) {
    if (!Pattern.compile(pattern.formatted(table)).matcher(sql).find()) {
      found.add("table %s has a workspace and no: %s".formatted(table, pattern.formatted(table)));
    }
  }
}
