package io.aragora.platform.observe;

import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import java.util.Optional;

/** What health asks the database. */
final class HealthStore {
  private HealthStore() {}

  static Optional<String> answers(Database database) {
    try {
      database.inSystemTransaction(
          tx -> tx.one("select 1::bigint as one", row -> row.number("one")));
      return Optional.empty();
    } catch (DatabaseFault bad) {
      return Optional.of("the database does not answer");
    }
  }

  static Optional<String> isOlderThan(Database database, String carried) {
    try {
      String applied = version(database);
      return applied.compareTo(carried) >= 0
          ? Optional.empty()
          : Optional.of(
              "the schema is at %s, this build needs %s: run \"aragora migrate\""
                  .formatted(applied, carried));
    } catch (DatabaseFault bad) {
      return Optional.of("the schema cannot be read");
    }
  }

  private static String version(Database database) {
    return database
        .inSystemTransaction(
            tx ->
                tx.one(
                    """
                    select version
                      from flyway_schema_history
                     where success
                       and version is not null
                     order by installed_rank desc
                     limit 1
                    """,
                    row -> row.text("version")))
        .orElse("0");
  }
}
