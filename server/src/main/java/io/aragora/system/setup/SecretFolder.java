package io.aragora.system.setup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that one user alone can enter, of files that nobody can write to. */
record SecretFolder(Path path) {
  /** Closes the folder to others; it must be ours, which a volume is when the image made it so. */
  static SecretFolder in(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        throw new SetupFault(path + " is not a folder: mount the volume there");
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return new SecretFolder(path);
    } catch (IOException bad) {
      throw new SetupFault(
          "%s belongs to another user: remove the empty volume mounted there and start again"
              .formatted(path),
          bad);
    }
  }

  boolean has(String name) {
    return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(path.resolve(name));
    } catch (IOException bad) {
      throw new SetupFault("cannot read " + path.resolve(name), bad);
    }
  }

  /** Puts a file in place, whole and on the disk when this returns; what was there is replaced. */
  void put(String name, byte[] content) {
    try {
      var draft = path.resolve(name + ".part");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, content);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--------"));
      force(draft);
      Files.move(
          draft,
          path.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      force(path);
    } catch (IOException bad) {
      throw new SetupFault("cannot write " + path.resolve(name), bad);
    }
  }

  /** Keeps a file under another name, for whoever still needs what it held. */
  void setAside(String name, String as) {
    try {
      Files.move(
          path.resolve(name),
          path.resolve(as),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException bad) {
      throw new SetupFault("cannot set aside " + path.resolve(name), bad);
    }
  }

  /** Lets a name here stand for a file elsewhere, which may not be there yet. */
  void link(String name, Path target) {
    var link = path.resolve(name);
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        return;
      }
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    } catch (IOException bad) {
      throw new SetupFault("cannot make the link " + link, bad);
    }
  }

  /** Makes a file, or a new name in a folder, survive a crash. */
  static void force(Path path) throws IOException {
    try (FileChannel entry = FileChannel.open(path, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }
}
