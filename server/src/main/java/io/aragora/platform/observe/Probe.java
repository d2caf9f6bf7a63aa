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

  /**
   * The database has at least the schema that this build carries. A newer one is fine: migrations
   * are safe while the old version still runs, or else no node could be replaced one by one.
   */
  public static Probe schema(Database database, String carried) {
    return new Probe("schema", () -> HealthStore.isOlderThan(database, carried));
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
          : Optional.of(
              "only %d MiB are free in %s, the floor is %d: free space, or lower ARAGORA_MIN_FREE_DISK_MB"
                  .formatted(free >> 20, folder, floorBytes >> 20));
    } catch (IOException bad) {
      return Optional.of("the disk of %s cannot be read".formatted(folder));
    }
  }
}
