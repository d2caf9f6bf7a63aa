package io.aragora.platform.config;

import io.aragora.platform.config.Variable.Level;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes {@code .env.example} and the settings reference from the one table. */
public final class SettingsDocs {
  private SettingsDocs() {}

  /** The basic settings, as a file that works as it stands. */
  public static String envExample() {
    return """
        # The basic settings of the appliance: copy this file to .env and change what you need, or nothing.
        # docs/reference/settings.md has all settings. Generated from the server's own table: change it there.
        # An empty value means the default. Secrets never stand here: a name that ends in _FILE names a file that
        # holds one, from this folder (./secrets/key) or from the root (/etc/key). "ops/config check" looks at it all.
        """
        + sections(SettingsDocs::exampleSection);
  }

  /** Every setting, as one page. */
  public static String reference() {
    return """
        # Settings

        Generated from the server's own table of settings; a test keeps this page in step.

        The server reads its environment once, at its start. If anything is wrong it lists every fault and does not
        start. An empty value means the default. For each variable, the same name with `_FILE` added names a file that
        holds the value; a secret is accepted only that way. Money is in micro-dollars: 1000000 is one US dollar.
        The most used settings (*) stand in `.env.example`. In the stack of `docker-compose.yml` they are set in `.env`;
        where that file says how the server is reached and where its database is, `.env` has no say.
        """
        + sections(SettingsDocs::referenceSection);
  }

  private static String sections(Function<Section, String> write) {
    return Variables.SECTIONS.stream().map(write).collect(Collectors.joining());
  }

  private static String exampleSection(Section section) {
    var lines =
        section.variables().stream()
            .filter(each -> each.level() == Level.BASIC)
            .map(each -> example(section, each))
            .collect(Collectors.joining());
    return lines.isEmpty() ? "" : "\n## %s\n%s".formatted(section.title(), lines);
  }

  private static String example(Section section, Variable<?> variable) {
    return """
        # %s (%s: %s; default: %s; takes effect: %s)
        %s=%s
        """
        .formatted(
            variable.line(),
            variable.kind().type(),
            variable.kind().allowed(),
            Objects.requireNonNullElse(variable.standard(), "none"),
            section.effect(),
            variable.writtenName(),
            Objects.requireNonNullElse(variable.standard(), ""));
  }

  private static String referenceSection(Section section) {
    return """

        ## %s

        | Variable | Meaning | Allowed | Default | Takes effect |
        |---|---|---|---|---|
        """
            .formatted(section.title())
        + section.variables().stream()
            .map(each -> row(section, each))
            .collect(Collectors.joining());
  }

  private static String row(Section section, Variable<?> variable) {
    return "| `%s`%s | %s | %s | %s | %s |\n"
        .formatted(
            variable.writtenName(),
            variable.level() == Level.BASIC ? " *" : "",
            variable.line(),
            variable.kind().allowed(),
            variable.standard() == null ? "" : "`" + variable.standard() + "`",
            section.effect());
  }
}
