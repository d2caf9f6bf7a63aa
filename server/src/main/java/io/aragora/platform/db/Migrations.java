package io.aragora.platform.db;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the schema to this version; runs as the owner role, as one step, never on every node. */
public final class Migrations {
  private static final String FOLDER = "db/migration";

  private Migrations() {}

  /** Applies what is missing and returns the schema version reached. */
  public static String apply(DatabaseAddress owner, String appRole) {
    var flyway =
        Flyway.configure()
            .dataSource(source(owner))
            .locations("classpath:" + FOLDER)
            .placeholders(java.util.Map.of("app_role", appRole))
            .cleanDisabled(true)
            .validateMigrationNaming(true)
            .load();
    try {
      flyway.migrate();
    } catch (FlywayException refused) {
      throw DatabaseFault.of(refused);
    }
    return newest(flyway.info().applied());
  }

  private static DataSource source(DatabaseAddress owner) {
    var source = new PGSimpleDataSource();
    source.setURL(owner.url());
    try {
      for (var property : owner.properties().entrySet()) {
        source.setProperty(property.getKey(), property.getValue());
      }
    } catch (SQLException unknown) {
      throw new IllegalStateException("the driver has lost a property", unknown);
    }
    return source;
  }

  /** The newest migration this build carries, without asking any database. */
  public static String carried() {
    try {
      Path code =
          Path.of(Migrations.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return newestIn(code.resolve(FOLDER));
      }
      try (var jar = FileSystems.newFileSystem(code)) {
        return newestIn(jar.getPath(FOLDER));
      }
    } catch (IOException | URISyntaxException bad) {
      throw new IllegalStateException("this build's migrations cannot be read", bad);
    }
  }

  private static String newestIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("V[0-9]+__.*[.]sql"))
          .map(name -> name.substring(1, name.indexOf("__")))
          .max(Comparator.naturalOrder())
          .orElse("0");
    }
  }

  private static String newest(MigrationInfo[] migrations) {
    return migrations.length == 0
        ? "0"
        : String.valueOf(migrations[migrations.length - 1].getVersion());
  }
}
