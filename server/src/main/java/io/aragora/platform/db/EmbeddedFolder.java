package io.aragora.platform.db;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The folder an embedded database lives in, readable by its user only, held by one process. */
final class EmbeddedFolder {
  private static final String MARK = "aragora-finished";

  private final Path root;
  private final FileChannel lock;

  private EmbeddedFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Takes the folder, or says who should be asked to give it up. */
  static EmbeddedFolder lock(Path path) {
    try {
      var root = path.toAbsolutePath().normalize();
      create(root);
      var channel = FileChannel.open(root.resolve("lock"), CREATE, WRITE);
      if (!hold(channel)) {
        channel.close();
        throw DatabaseFault.unavailable(
            "another process runs the embedded database in %s; stop it first".formatted(root));
      }
      return new EmbeddedFolder(root.toRealPath(), channel);
    } catch (IOException bad) {
      throw DatabaseFault.unavailable("cannot write to %s: %s".formatted(path, bad.getMessage()));
    }
  }

  void unlock() {
    try {
      lock.close();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  Path data() {
    return root.resolve("data");
  }

  Path binaries() {
    return root.resolve("binaries");
  }

  /** A server that was killed while it was being made holds nothing yet: it is made again. */
  void setAsideUnfinished() throws IOException {
    if (!Files.exists(data()) || isFinished()) {
      return;
    }
    int count = 1;
    while (Files.exists(root.resolve("unfinished-" + count))) {
      count++;
    }
    Files.move(data(), root.resolve("unfinished-" + count));
  }

  boolean isFinished() {
    return Files.exists(data().resolve(MARK));
  }

  void finish() throws IOException {
    Files.createFile(data().resolve(MARK));
  }

  /** The port of last time, or a new one where somebody else took it. */
  int port() throws IOException {
    var file = root.resolve("port");
    if (Files.exists(file)) {
      int last = Integer.parseInt(Files.readString(file).strip());
      if (isFree(last)) {
        return last;
      }
    }
    int port = anyPort();
    Files.writeString(file, port + "\n");
    return port;
  }

  String password(String role) {
    try {
      return Files.readString(passwordFile(role)).strip();
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** The file of a role's password, filled with a random one at first use. */
  Path passwordFile(String role) throws IOException {
    var file = root.resolve("password-" + role);
    if (!Files.exists(file)) {
      var random = new byte[24];
      new SecureRandom().nextBytes(random);
      var draft = Files.createTempFile(root, "password", ".new", ownerOnly("rw-------"));
      Files.writeString(draft, Base64.getUrlEncoder().encodeToString(random) + "\n");
      Files.move(draft, file);
    }
    return file;
  }

  private static void create(Path root) throws IOException {
    if (Files.exists(root)) {
      return;
    }
    var parent = root.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(root, ownerOnly("rwx------"));
  }

  private static java.nio.file.attribute.FileAttribute<?> ownerOnly(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }

  private static boolean hold(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  private static int anyPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
