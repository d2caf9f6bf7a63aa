package io.aragora.transparency;

import io.aragora.platform.merkle.SignedNote;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the log is set up: its public name, where the last signed head is kept outside the database,
 * and how long a leaf waits for a checkpoint at most.
 */
public record LogSettings(String origin, Path headFile, Duration interval) {
  public LogSettings {
    if (!SignedNote.isName(origin)) {
      throw new IllegalArgumentException("not a log name: " + origin);
    }
  }

  /** Every second, with the head in {@code log-head} of the data directory. */
  public static LogSettings in(Path dataDirectory, String origin) {
    return new LogSettings(origin, dataDirectory.resolve("log-head"), Duration.ofSeconds(1));
  }
}
