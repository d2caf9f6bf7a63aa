package io.aragora.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** The file that holds the first key's secret, which only its user can read. */
final class OwnerKey {
  static final String FILE = "api-key";

  private OwnerKey() {}

  /** Leaves a file that is there as it is; else asks for a new secret and keeps it. */
  static void keep(Path file, Supplier<String> secret) {
    try {
      if (Files.exists(file)) {
        return;
      }
      var folder = file.toAbsolutePath().resolveSibling("").normalize();
      Files.createDirectories(folder);
      var rights =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var draft = Files.createTempFile(folder, "key", ".new", rights);
      Files.writeString(draft, secret.get() + "\n");
      Files.move(draft, file);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
