package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.db.EmbeddedDatabase;
import java.time.Duration;
import java.util.Map;

/** Which database an administrator's command means: the one set, else one that runs here. */
public final class LocalDatabase {
  /** How long a command waits for a database that has only just been started. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private LocalDatabase() {}

  /**
   * The settings of an environment; a server with a PostgreSQL of its own keeps it in its folder.
   */
  public static Settings settings(Map<String, String> environment) {
    var settings = Settings.read(environment);
    return environment.containsKey("ARAGORA_DATABASE_URL")
        ? settings
        : EmbeddedDatabase.running(settings.storage().dataDir().resolve("postgres"))
            .map(running -> settings.on(running, settings.database().owner()))
            .orElse(settings);
  }
}
