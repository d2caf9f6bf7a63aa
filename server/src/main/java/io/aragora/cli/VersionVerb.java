package io.aragora.cli;

import io.aragora.platform.db.Migrations;
import io.aragora.system.Build;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which build this is. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Says which build this is and which schema it carries.")
final class VersionVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  VersionVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var build = Build.read();
    if (json) {
      terminal.sayJson(
          Map.of(
              "version", build.version(),
              "commit", build.commit(),
              "schema", Migrations.carried()));
    } else {
      terminal.say(
          "aragora %s (commit %s, schema %s)"
              .formatted(build.version(), build.commit(), Migrations.carried()));
    }
    return ExitCode.DONE;
  }
}
