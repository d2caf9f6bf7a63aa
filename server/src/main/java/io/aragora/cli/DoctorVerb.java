package io.aragora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsFault;
import io.aragora.system.Build;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at settings, server, key and health, and says what to do about each finding. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Looks at settings, server, key and health, and says what to do.")
final class DoctorVerb implements Callable<Integer> {
  private final Terminal terminal;
  private final List<Line> lines = new ArrayList<>();

  @Mixin private final ServerLink link = new ServerLink();

  @Option(names = "--json", description = "Prints the findings as one JSON object")
  private boolean json;

  /** One thing looked at. */
  record Line(String name, boolean isGood, String detail) {}

  DoctorVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    settings();
    server();
    health();
    boolean isWell = lines.stream().allMatch(Line::isGood);
    if (json) {
      terminal.sayJson(Map.of("is_well", isWell, "findings", lines));
    } else {
      lines.forEach(
          each ->
              terminal.say(
                  "%-4s %-10s %s"
                      .formatted(each.isGood() ? "ok" : "BAD", each.name(), each.detail())));
    }
    return isWell ? ExitCode.DONE : ExitCode.NO;
  }

  private void settings() {
    try {
      Settings.read(terminal.environment());
      lines.add(new Line("settings", true, "all of them can be used"));
    } catch (SettingsFault fault) {
      fault.faults().forEach(each -> lines.add(new Line("settings", false, each)));
    }
  }

  private void server() {
    try (var api = link.open(terminal)) {
      JsonNode system = api.get("/api/v1/system");
      var version = system.path("version").asText();
      boolean isSame = version.equals(Build.read().version());
      lines.add(
          new Line(
              "server",
              isSame,
              "%s answers with version %s, schema %s%s"
                  .formatted(
                      api.base(),
                      version,
                      system.path("schema").asText(),
                      isSame ? "" : "; this command is " + Build.read().version())));
    } catch (CliFault fault) {
      lines.add(new Line("server", false, String.valueOf(fault.getMessage())));
    }
  }

  private void health() {
    link.openManagement(terminal).ifPresent(this::readiness);
  }

  private void readiness(Api management) {
    try (management) {
      for (JsonNode check : management.anyway("/readyz").path("checks")) {
        boolean isUp = check.path("status").asText().equalsIgnoreCase("up");
        lines.add(
            new Line(
                check.path("name").asText(), isUp, isUp ? "up" : check.path("detail").asText()));
      }
    } catch (CliFault fault) {
      lines.add(new Line("health", false, String.valueOf(fault.getMessage())));
    }
  }
}
