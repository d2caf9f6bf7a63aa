package io.aragora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is: the product's version and the commit it was made from. */
public record Build(String version, String commit) {
  /** Reads what the build wrote down. */
  public static Build read() {
    var properties = new Properties();
    try (var in = Build.class.getResourceAsStream("/build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is missing from the build");
      }
      properties.load(in);
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
    return new Build(
        properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown"));
  }
}
