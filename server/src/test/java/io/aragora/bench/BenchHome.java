package io.aragora.bench;

import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.EmbeddedDatabase;
import io.aragora.platform.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder of its own with a migrated PostgreSQL that syncs as in production; gone when closed. */
final class BenchHome implements AutoCloseable {
  private final Path folder;
  private final EmbeddedDatabase database;

  private BenchHome(Path folder, EmbeddedDatabase database) {
    this.folder = folder;
    this.database = database;
  }

  static BenchHome open() throws IOException {
    Path folder = Files.createTempDirectory("aragora-bench");
    var database = EmbeddedDatabase.start(folder.resolve("postgres"));
    Migrations.apply(database.owner(), database.app().user());
    return new BenchHome(folder, database);
  }

  Path folder() {
    return folder;
  }

  DatabaseAddress app() {
    return database.app();
  }

  DatabaseAddress owner() {
    return database.owner();
  }

  @Override
  public void close() throws IOException {
    database.close();
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
