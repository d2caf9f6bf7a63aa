package io.aragora.platform.observe;

import io.aragora.platform.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** One thing that must hold for this node to serve: its name, and what is wrong or nothing. */
public record Probe(String name, Supplier<Optional<String>> fault) {
  /** The database answers. */
  public static Probe database(Database database) {
    return new Probe("database", () -> HealthStore.answers(database));
  }

  /** The database has exactly the schema that this build carries. */
  public static Probe schema(Database database, String carried) {
    return new Probe("schema", () -> HealthStore.differsFrom(database, carried));
  }

  /** The folder's disk has room above {@code floorBytes}. */
  public static Probe disk(Path folder, long floorBytes) {
    return new Probe("disk", () -> fullDisk(folder, floorBytes));
  }

  private static Optional<String> fullDisk(Path folder, long floorBytes) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free >= floorBytes
          ? Optional.empty()
          : Optional.of("only " + free + " bytes are free, the floor is " + floorBytes);
    } catch (IOException bad) {
      return Optional.of("the disk cannot be read");
    }
  }
}
