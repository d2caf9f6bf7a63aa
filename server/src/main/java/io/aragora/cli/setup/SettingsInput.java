package io.aragora.cli.setup;

import io.aragora.platform.config.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The file of settings that standard input carries: a container has no other way to the host's. */
record SettingsInput(InputStream in) {
  SettingsFile read() {
    try {
      return SettingsFile.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
