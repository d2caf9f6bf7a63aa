package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.EmbeddedDatabase;
import java.util.Map;

/** Which database an administrator's command means: the one set, else one that runs here. */
final class LocalDatabase {
  private LocalDatabase() {}

  /** A server that runs a PostgreSQL of its own keeps it in its data folder. */
  static DatabaseAddress of(Map<String, String> environment, Settings settings) {
    DatabaseAddress set = settings.database().app();
    return environment.containsKey("ARAGORA_DATABASE_URL")
        ? set
        : EmbeddedDatabase.running(settings.storage().dataDir().resolve("postgres")).orElse(set);
  }
}
