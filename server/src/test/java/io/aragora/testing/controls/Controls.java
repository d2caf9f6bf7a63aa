package io.aragora.testing.controls;

import io.aragora.testing.GeneratedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the table of controls and writes its page. */
public final class Controls {
  private static final String TABLE = "docs/reference/asvs.csv";

  private Controls() {}

  /** All rows, in the order of the table. */
  public static List<Control> read() {
    try {
      return Files.readAllLines(GeneratedFiles.root().resolve(TABLE)).stream()
          .skip(1)
          .map(Controls::cells)
          .map(Control::of)
          .toList();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** docs/reference/asvs.md */
  public static String page(List<Control> controls) {
    return """
    # Security controls

    Generated from `asvs.csv`; do not edit. The requirements are those of OWASP ASVS 5.0.0, level 2, and
    level 3 for access (V8), tokens (V9), cryptography (V11) and logging (V16), in our own short words;
    then the OWASP API Security Top 10 (2023) and the Top 10 for LLM Applications (2025). Level 1 and 2
    rows belong to level 2. A row is *done* only if tests of this build show it; a test is red when such
    a row names a test that is not there. *Partly* says what is missing, *open* that nobody has shown it.

    """
        + counts(controls)
        + section("ASVS 5.0.0", "V", controls)
        + section("API Security Top 10 (2023)", "API", controls)
        + section("Top 10 for LLM Applications (2025)", "LLM", controls);
  }

  private static String counts(List<Control> controls) {
    return "| Status | Rows |\n|---|--:|\n"
        + List.of("done", "partly", "open", "not applicable").stream()
            .map(
                status ->
                    "| %s | %d |\n"
                        .formatted(
                            status,
                            controls.stream().filter(each -> each.status().equals(status)).count()))
            .collect(Collectors.joining());
  }

  private static String section(String title, String prefix, List<Control> controls) {
    return "\n## "
        + title
        + "\n\n| Id | Level | Asks for | Status | Shown by | Remark |\n|---|:-:|---|---|---|---|\n"
        + controls.stream()
            .filter(each -> each.id().replaceAll("[0-9.]+$", "").equals(prefix))
            .map(Controls::row)
            .collect(Collectors.joining());
  }

  private static String row(Control control) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            control.id(),
            control.level(),
            control.requirement(),
            control.status(),
            control.evidence().stream()
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining("<br>")),
            control.remark());
  }

  /** RFC 4180, without line breaks inside cells. */
  static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < line.length(); at++) {
      char each = line.charAt(at);
      if (each == '"' && quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
        cell.append('"');
        at++;
      } else if (each == '"') {
        quoted = !quoted;
      } else if (each == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(each);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
