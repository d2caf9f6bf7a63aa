package io.aragora.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Judges, shows and changes a file of settings by the one table, without using any of them. */
public final class SettingsFile {
  /** What Compose itself reads from the file; we have nothing to say about it. */
  private static final Pattern FOREIGN = Pattern.compile("(COMPOSE|DOCKER|BUILDKIT)_.*");

  private final String text;
  private final EnvFile file;

  private SettingsFile(String text) {
    this.text = text;
    this.file = EnvFile.parse(text);
  }

  /** What is wrong, and what is only odd. */
  public record Findings(List<String> faults, List<String> warnings) {
    public Findings {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
    }
  }

  /** One setting as it is in force: its name, value, and whether the file says so. */
  public record InForce(String name, String value, boolean isSet) {}

  public static SettingsFile of(String text) {
    return new SettingsFile(text);
  }

  /** A value that cannot be is a fault; a name nobody knows is a warning with the nearest one. */
  public Findings check() {
    var faults = new ArrayList<>(file.faults());
    var warnings = new ArrayList<String>();
    file.values()
        .forEach(
            (name, value) -> {
              var variable = Variables.all().stream().filter(each -> isFor(each, name)).findFirst();
              if (variable.isPresent()) {
                variable.flatMap(each -> fault(each, name, value)).ifPresent(faults::add);
              } else if (!FOREIGN.matcher(name).matches()) {
                warnings.add(
                    "%s is unknown; the nearest setting is %s".formatted(name, nearest(name)));
              }
            });
    return new Findings(faults, warnings);
  }

  /** All settings in the order of the table; a file of a secret is named, never read. */
  public List<InForce> inForce() {
    return Variables.all().stream().map(this::inForce).toList();
  }

  /** The same text with one value changed where it stands, or added at the end. */
  public String with(String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw SettingsFault.of(name + " has a control character, which no line can hold");
    }
    var line = name + "=" + EnvFile.quote(value);
    var present =
        Pattern.compile("(?m)^\\s*(export\\s+)?%s\\s*=.*$".formatted(Pattern.quote(name)));
    var at = present.matcher(text);
    return at.find()
        ? at.replaceFirst(Matcher.quoteReplacement(line))
        : text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + line + "\n";
  }

  private InForce inForce(Variable<?> variable) {
    String name = variable.writtenName();
    String set = file.values().getOrDefault(name, "");
    String standard = variable.standard() == null ? "" : variable.standard();
    return new InForce(name, set.isEmpty() ? standard : set, !set.isEmpty());
  }

  private static boolean isFor(Variable<?> variable, String name) {
    return variable.name().equals(name) || variable.fileName().equals(name);
  }

  private static Optional<String> fault(Variable<?> variable, String name, String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (name.equals(variable.name()) && variable.kind().isSecret()) {
      return Optional.of(
          "%s is a secret and must not stand here; put it in a file and set %s"
              .formatted(name, variable.fileName()));
    }
    if (!name.equals(variable.name())) {
      return value.startsWith("/") || value.startsWith("./")
          ? Optional.empty()
          : Optional.of(
              name + " names a file that begins with neither / nor ./; Compose wants one of them");
    }
    Function<String, ?> read = variable.kind().reader();
    try {
      Object unused = read.apply(value);
      return Optional.empty();
    } catch (Kind.BadValue bad) {
      return Optional.of(
          "%s %s; allowed: %s".formatted(name, bad.getMessage(), variable.kind().allowed()));
    }
  }

  private static String nearest(String name) {
    return Nearest.to(
        name,
        Variables.all().stream()
            .flatMap(each -> Stream.of(each.name(), each.fileName()))
            .distinct()
            .toList());
  }

  Map<String, String> values() {
    return file.values();
  }
}
