package io.aragora;

import io.aragora.cli.Cli;
import io.aragora.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The command line as {@link Aragora} starts it, on a clock that may be wrong. */
public final class DrillNode {
  /** How wrong the clock is, such as {@code PT1H}. */
  public static final String CLOCK_OFFSET = "drill.clock.offset";

  /** A file that says how wrong the clock is now; it is read again at every look at the clock. */
  public static final String CLOCK_FILE = "drill.clock.file";

  private DrillNode() {}

  public static void main(String[] args) {
    var serving = new LocalServing(clock());
    System.exit(new Cli(serving, Settings.environment(), System.out, System.err).run(args));
  }

  private static InstantSource clock() {
    String file = System.getProperty(CLOCK_FILE, "");
    Duration offset = Duration.parse(System.getProperty(CLOCK_OFFSET, "PT0S"));
    return file.isEmpty()
        ? InstantSource.offset(InstantSource.system(), offset)
        : () -> InstantSource.system().instant().plus(read(Path.of(file)));
  }

  private static Duration read(Path file) {
    try {
      return Duration.parse(Files.readString(file).strip());
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
