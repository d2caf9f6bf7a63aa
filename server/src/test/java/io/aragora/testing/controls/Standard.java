package io.aragora.testing.controls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which requirements the standard has, and at which level, as copied from its own list. */
public final class Standard {
  private static final Path FILE = Path.of("src/test/resources/access/asvs-5.0.0.csv");

  private Standard() {}

  /** The level of each requirement that must be answered. */
  public static Map<String, String> levels() {
    try (Stream<String> lines = Files.lines(FILE)) {
      var levels = new TreeMap<String, String>();
      lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 2))
          .forEach(
              cells ->
                  Arrays.stream(cells[1].split(" ", -1))
                      .flatMap(Standard::each)
                      .forEach(id -> levels.put(id, cells[0])));
      return levels;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** V1.2.1-5 is V1.2.1 to V1.2.5. */
  private static Stream<String> each(String range) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return Stream.of(range);
    }
    int dot = range.lastIndexOf('.');
    int first = Integer.parseInt(range.substring(dot + 1, dash));
    int last = Integer.parseInt(range.substring(dash + 1));
    return IntStream.rangeClosed(first, last).mapToObj(at -> range.substring(0, dot + 1) + at);
  }
}
