package io.aragora.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aragora.platform.db.Database;
import io.aragora.testing.TestDatabase;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Every row of every table as text, to look for what must not be there. */
final class TableDump {
  private final String text;

  private TableDump(String text) {
    this.text = text;
  }

  static TableDump of(TestDatabase test) {
    var all = new StringBuilder();
    try (var superuser = Database.open(test.superuser(), 1)) {
      superuser.inSystemTransaction(
          tx -> {
            List<String> tables =
                tx.list(
                    "select tablename from pg_tables where schemaname = 'public'",
                    row -> row.text("tablename"));
            for (String table : tables) {
              tx.list("select t::text as line from " + table + " as t", row -> row.text("line"))
                  .forEach(line -> all.append(table).append(' ').append(line).append('\n'));
            }
            return true;
          });
    }
    return new TableDump(all.toString().toLowerCase(Locale.ROOT));
  }

  /** Tables that hold this, plain or in the usual encodings. */
  List<String> tablesWith(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    var forms =
        List.of(
            secret.toLowerCase(Locale.ROOT),
            HexFormat.of().formatHex(bytes),
            base64.substring(0, base64.length() - 2).toLowerCase(Locale.ROOT));
    return text.lines()
        .filter(line -> forms.stream().anyMatch(line::contains))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .distinct()
        .toList();
  }
}
