package io.aragora.platform.crypto;

import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The key directory: for each key {@code purpose-thumbprint.pk8} (private, 0600) and {@code
 * purpose-thumbprint.json} (its statement). A file is linked into place complete, never written
 * over.
 */
final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;

  private KeyFiles(Path directory) {
    this.directory = directory;
  }

  static KeyFiles in(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
      }
      requireOwnerOnly(directory, OWNER_DIRECTORY, "700");
      return new KeyFiles(directory);
    } catch (IOException bad) {
      throw new KeyFault("cannot use the key directory " + directory, bad);
    }
  }

  static boolean isEmptyAt(Path directory) {
    if (!Files.isDirectory(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.noneMatch(each -> each.toString().endsWith(".pk8"));
    } catch (IOException bad) {
      throw new KeyFault("cannot read the key directory " + directory, bad);
    }
  }

  /** Runs work while nobody else, here or in another process, touches the directory. */
  void locked(Runnable work) {
    try (FileChannel file =
            FileChannel.open(
                directory.resolve(".lock"),
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

  /** The private key goes first: a crash in between leaves a key that nobody has seen yet. */
  void keep(KeyPurpose purpose, Signer signer, Instant notBefore) {
    var statement = new KeyStatement(signer.key(), purpose, notBefore);
    String name = purpose.wire() + "-" + signer.key().keyId();
    create(name + ".pk8", signer.pkcs8());
    create(name + ".json", CanonicalJson.bytes(statement.json()));
  }

  List<KeyRing.OwnKey> load(Instant now) {
    try (Stream<Path> files = Files.list(directory)) {
      var keys = new ArrayList<KeyRing.OwnKey>();
      for (Path file : files.filter(each -> each.toString().endsWith(".pk8")).sorted().toList()) {
        keys.add(read(file, now));
      }
      return keys;
    } catch (IOException bad) {
      throw new KeyFault("cannot read the key directory " + directory, bad);
    }
  }

  private KeyRing.OwnKey read(Path file, Instant now) throws IOException {
    requireOwnerOnly(file, OWNER_FILE, "600");
    String name = file.getFileName().toString().replace(".pk8", "");
    Signer signer = signer(file);
    Path beside = directory.resolve(name + ".json");
    if (!Files.exists(beside)) {
      KeyPurpose purpose = KeyPurpose.of(name.substring(0, name.indexOf('-')));
      var statement = new KeyStatement(signer.key(), purpose, now);
      create(name + ".json", CanonicalJson.bytes(statement.json()));
    }
    KeyStatement statement = statement(beside);
    if (!name.equals(statement.purpose().wire() + "-" + signer.key().keyId())
        || !statement.key().equals(signer.key())) {
      throw new KeyFault(file + " and " + beside + " are not of the same key: restore both");
    }
    return new KeyRing.OwnKey(statement, signer);
  }

  private static Signer signer(Path file) throws IOException {
    try {
      return Signer.ofPkcs8(Files.readAllBytes(file));
    } catch (KeyFault bad) {
      throw new KeyFault(file + " is damaged, restore it from a backup: " + bad.getMessage());
    }
  }

  private static KeyStatement statement(Path file) throws IOException {
    try {
      return KeyStatement.of(Json.tree(Files.readAllBytes(file)));
    } catch (JsonFault | IllegalArgumentException | DateTimeException bad) {
      throw new KeyFault(file + " is damaged, restore it from a backup", bad);
    }
  }

  private void create(String name, byte[] content) {
    Path whole = directory.resolve(name);
    Path part = directory.resolve(name + ".part");
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
