package io.aragora.platform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings as Compose reads it: a name, an equals sign, a value; in single quotes a value
 * is taken as it stands, in double quotes a backslash protects what follows.
 */
record EnvFile(Map<String, String> values, List<String> faults) {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=[ \\t]*(.*)");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=^~-]*");
  private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(#.*)?");
  private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(#.*)?");
  private static final Pattern REFERENCE = Pattern.compile("(?<!\\\\)\\$");

  EnvFile {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    faults = List.copyOf(faults);
  }

  static EnvFile parse(String text) {
    var values = new LinkedHashMap<String, String>();
    var faults = new ArrayList<String>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        faults.add("line %d is not NAME=VALUE".formatted(number));
      } else if (values.containsKey(parts.group(1))) {
        faults.add("%s is set twice, in line %d again".formatted(parts.group(1), number));
      } else {
        values.put(parts.group(1), value(parts.group(1), parts.group(2).strip(), faults));
      }
    }
    return new EnvFile(values, faults);
  }

  private static String value(String name, String written, List<String> faults) {
    Matcher single = SINGLE.matcher(written);
    if (single.matches()) {
      return single.group(1);
    }
    Matcher quoted = DOUBLE.matcher(written);
    boolean isQuoted = quoted.matches();
    if (!isQuoted && (written.startsWith("'") || written.startsWith("\""))) {
      faults.add(name + " has a quote that is not closed, or text behind it");
    }
    if (REFERENCE.matcher(isQuoted ? quoted.group(1) : written).find()) {
      faults.add(name + " has a $, which Compose takes for a variable: put it in single quotes");
    }
    return isQuoted
        ? quoted.group(1).replaceAll("\\\\(.)", "$1")
        : written.replaceFirst("(^|\\s)#.*", "").strip();
  }

  /** The value as it must be written so that Compose reads it again as it is. */
  static String quote(String value) {
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    return value.indexOf('\'') < 0
        ? "'" + value + "'"
        : "\"" + value.replaceAll("([\\\\\"$])", "\\\\$1") + "\"";
  }
}
