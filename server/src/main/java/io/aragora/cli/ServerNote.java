package io.aragora.cli;

import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What a running server leaves in its data folder so that commands on this machine find it. */
record ServerNote(URI url, URI management, long pid) {
  private static final String FILE = "server.json";

  static Optional<ServerNote> in(Path folder) {
    try {
      return Optional.of(Json.read(Files.readAllBytes(folder.resolve(FILE)), ServerNote.class));
    } catch (IOException | JsonFault none) {
      return Optional.empty();
    }
  }

  void leaveIn(Path folder) {
    try {
      Files.createDirectories(folder);
      var draft = Files.createTempFile(folder, "server", ".new");
      Files.write(draft, Json.bytes(this));
      Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  static void removeFrom(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
