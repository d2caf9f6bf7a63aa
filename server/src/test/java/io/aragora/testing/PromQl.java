package io.aragora.testing;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the names of series in a question to Prometheus; no parser, but enough for ours. */
public final class PromQl {
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern NOT_A_NAME =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
              + "|\\boffset\\s+\\w+|\\$\\w+");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.:])[a-zA-Z_][a-zA-Z0-9_:]*(?!\\s*\\(|[\\w:])");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "by", "on", "inf", "nan");

  private PromQl() {}

  /** Every name of a series in it, in order. */
  public static Set<String> names(String question) {
    String bare = NOT_A_NAME.matcher(TEXT.matcher(question).replaceAll("")).replaceAll(" ");
    var found = new TreeSet<String>();
    NAME.matcher(bare).results().map(each -> each.group()).forEach(found::add);
    found.removeAll(WORDS);
    return found;
  }
}
