package io.aragora.platform.crypto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A folder of key files that only its owner can read. A file is linked into place complete, never
 * written over.
 */
public final class KeyFolder {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;

  private KeyFolder(Path directory) {
    this.directory = directory;
  }

  /** Makes the folder if need be; refuses one that others can enter. */
  public static KeyFolder in(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
      }
      requireOwnerOnly(directory, OWNER_DIRECTORY, "700");
      return new KeyFolder(directory);
    } catch (IOException bad) {
      throw new KeyFault("cannot use the key directory " + directory, bad);
    }
  }

  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Names of the files that end so, sorted. */
  public List<String> names(String suffix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .filter(each -> each.endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException bad) {
      throw new KeyFault("cannot read the key directory " + directory, bad);
    }
  }

  /** The whole file; refuses one that others can read. */
  public byte[] read(String name) {
    Path file = path(name);
    requireOwnerOnly(file, OWNER_FILE, "600");
    try {
      return Files.readAllBytes(file);
    } catch (IOException bad) {
      throw new KeyFault("cannot read " + file, bad);
    }
  }

  /** Adds a file, whole and on the disk when this returns. */
  public void create(String name, byte[] content) {
    Path whole = path(name);
    Path part = path(name + ".part");
    try {
      Files.deleteIfExists(part);
      DurableFile.write(part, content, OWNER_FILE);
      Files.createLink(whole, part);
      Files.delete(part);
      DurableFile.force(directory);
    } catch (FileAlreadyExistsException taken) {
      throw new KeyFault(whole + " exists already; keys are never written over", taken);
    } catch (IOException bad) {
      throw new KeyFault("cannot write " + whole, bad);
    }
  }

  /** Runs work while nobody else, here or in another process, touches the directory. */
  public void locked(Runnable work) {
    try (FileChannel file =
            FileChannel.open(
                path(".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE));
        FileLock held = lock(file)) {
      work.run();
    } catch (IOException bad) {
      throw new KeyFault("cannot lock the key directory " + directory, bad);
    }
  }

  /**
   * Waits for other processes; for other threads of this one, where the JDK throws, it asks again.
   */
  private FileLock lock(FileChannel file) throws IOException {
    for (int attempt = 0; attempt < 500; attempt++) {
      try {
        return file.lock();
      } catch (OverlappingFileLockException anotherThread) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    throw new KeyFault("the key directory stays locked: " + directory);
  }

  private static void requireOwnerOnly(Path path, Set<PosixFilePermission> allowed, String mode) {
    try {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
      if (!allowed.containsAll(found)) {
        throw new KeyFault(
            "%s is open to others (%s): run chmod %s %s"
                .formatted(path, PosixFilePermissions.toString(found), mode, path));
      }
    } catch (IOException bad) {
      throw new KeyFault("cannot read the permissions of " + path, bad);
    }
  }
}
