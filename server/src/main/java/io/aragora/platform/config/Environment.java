package io.aragora.platform.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads declared variables out of one environment and collects every fault on the way. */
final class Environment {
  private static final String PREFIX = "ARAGORA_";
  private static final long MOST_BYTES = 65_536;
  private static final Path NOTHING = Path.of("/dev/null");
  private static final String DEVICE = "unix:rdev";

  private final Map<String, String> given;
  private final List<String> faults = new ArrayList<>();

  Environment(Map<String, String> given) {
    this.given = given;
  }

  /** A variable that has a default; where its text is bad, the default stands in for now. */
  <T> T read(Variable<T> variable) {
    return maybe(variable).orElseGet(() -> standard(variable));
  }

  <T> Optional<T> maybe(Variable<T> variable) {
    return text(variable).flatMap(text -> parse(variable, text));
  }

  void fault(String variable, String what) {
    faults.add(variable + " " + what);
  }

  /** Names the nearest variable for each name that starts like ours and is not declared. */
  void refuseUnknown() {
    var known =
        Variables.all().stream()
            .flatMap(each -> Stream.of(each.name(), each.fileName()))
            .distinct()
            .toList();
    given.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .sorted()
        .forEach(
            name -> fault(name, "is unknown; the nearest setting is " + Nearest.to(name, known)));
  }

  void throwIfFaulty() {
    if (!faults.isEmpty()) {
      throw new SettingsFault(faults);
    }
  }

  private <T> T standard(Variable<T> variable) {
    if (variable.standard() == null) {
      throw new IllegalStateException("no default: " + variable.name());
    }
    return variable.kind().read(variable.standard());
  }

  private <T> Optional<T> parse(Variable<T> variable, String text) {
    try {
      return Optional.of(variable.kind().read(text));
    } catch (Kind.BadValue bad) {
      fault(
          variable.writtenName(),
          "%s; allowed: %s".formatted(bad.getMessage(), variable.kind().allowed()));
      return Optional.empty();
    }
  }

  private Optional<String> text(Variable<?> variable) {
    var direct = present(variable.name());
    var file = present(variable.fileName());
    if (direct.isPresent() && variable.kind().isSecret()) {
      fault(
          variable.name(),
          "is a secret and must not stand in the environment; put it in a file and set %s"
              .formatted(variable.fileName()));
      return Optional.empty();
    }
    if (direct.isPresent() && file.isPresent()) {
      fault(variable.name(), "and " + variable.fileName() + " are both set; keep one");
      return Optional.empty();
    }
    return direct.isPresent() ? direct : file.flatMap(path -> content(variable, path));
  }

  /** Compose passes a variable it does not have as empty text: that is the same as none. */
  private Optional<String> present(String name) {
    return Optional.ofNullable(given.get(name)).filter(text -> !text.isEmpty());
  }

  /** The null device, which Compose mounts where no file is given: that is the same as none. */
  private static boolean isNothing(Path file) throws IOException {
    return Files.exists(file)
        && !Files.isRegularFile(file)
        && Files.getAttribute(file, DEVICE).equals(Files.getAttribute(NOTHING, DEVICE));
  }

  private Optional<String> content(Variable<?> variable, String path) {
    try {
      var file = Path.of(path);
      if (isNothing(file)) {
        return Optional.empty();
      }
      if (Files.size(file) > MOST_BYTES) {
        fault(variable.fileName(), "names a file larger than 64 KiB");
        return Optional.empty();
      }
      var text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      if (text.isEmpty()) {
        fault(variable.fileName(), "names a file that is empty");
      }
      return Optional.of(text).filter(each -> !each.isEmpty());
    } catch (CharacterCodingException bad) {
      fault(variable.fileName(), "names a file that is not UTF-8 text");
    } catch (IOException | InvalidPathException bad) {
      fault(variable.fileName(), "names a file that cannot be read: " + path);
    }
    return Optional.empty();
  }
}
