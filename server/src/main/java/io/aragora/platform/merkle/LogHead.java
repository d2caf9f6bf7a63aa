package io.aragora.platform.merkle;

import io.aragora.platform.crypto.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The last signed head, kept in a file outside the database, so that a restore cannot hide it. */
public final class LogHead {
  private final Path file;

  public LogHead(Path file) {
    this.file = file;
  }

  public Optional<byte[]> read() {
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException bad) {
      throw new UncheckedIOException("cannot read the last signed head " + file, bad);
    }
  }

  public void write(byte[] note) {
    try {
      DurableFile.replace(file, note);
    } catch (IOException bad) {
      throw new UncheckedIOException("cannot keep the last signed head in " + file, bad);
    }
  }
}
