package io.aragora.system.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * What every service may read: requests for certificates, certificates, traces of secrets. Each
 * file appears whole or not at all; a file belongs to who wrote it first (the folder is sticky).
 */
public record PublicFolder(Path path) {
  boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(path.resolve(name));
    } catch (IOException bad) {
      throw new SetupFault("cannot read " + path.resolve(name), bad);
    }
  }

  /** Writes a file anew where its content differs; says whether it did. */
  boolean put(String name, byte[] content) {
    if (has(name) && Arrays.equals(read(name), content)) {
      return false;
    }
    try {
      var draft =
          Files.createTempFile(
              path,
              name,
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      try {
        Files.write(draft, content);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r--r--"));
        SecretFolder.force(draft);
        Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      SecretFolder.force(path);
      return true;
    } catch (IOException bad) {
      throw new SetupFault(
          "cannot write %s: give this user the right to write there".formatted(path.resolve(name)),
          bad);
    }
  }
}
