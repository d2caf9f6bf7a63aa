package io.aragora.system.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The volumes of a stack in one folder, and the jobs that fill them. */
public record Volumes(Path root, List<String> said) {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  public static Volumes in(Path root) {
    return new Volumes(root, new ArrayList<>());
  }

  public Path of(Recipient recipient) {
    return folder("secrets-" + recipient.wire());
  }

  public Path certificates() {
    return folder("certificates");
  }

  Path authority() {
    return folder("secrets-ca");
  }

  OwnKeys keys(Recipient recipient) {
    return OwnKeys.of(
        recipient,
        of(recipient),
        new PublicFolder(certificates()),
        new SecureRandom(),
        line -> said.add(recipient.wire() + ": " + line));
  }

  /** What one `up` does before anything else starts. */
  public void up(Instant now, String... databaseNames) {
    said.clear();
    for (Recipient each : Recipient.values()) {
      keys(each).complete();
    }
    issue(now, databaseNames);
  }

  void issue(Instant now, String... databaseNames) {
    Authority.in(
            authority(),
            new PublicFolder(certificates()),
            now,
            new SecureRandom(),
            line -> said.add("authority: " + line))
        .issue(List.of(databaseNames));
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
