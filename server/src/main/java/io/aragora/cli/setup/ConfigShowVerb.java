package io.aragora.cli.setup;

import io.aragora.platform.config.SettingsFile.InForce;
import io.aragora.platform.json.Json;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows every setting as it is in force. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows every setting and its value; * marks those that are set.")
public final class ConfigShowVerb implements Callable<Integer> {
  private final SettingsInput input;
  private final PrintStream out;

  @Option(names = "--json", description = "Prints one JSON array")
  private boolean json;

  public ConfigShowVerb(InputStream in, PrintStream out) {
    this.input = new SettingsInput(in);
    this.out = out;
  }

  @Override
  public Integer call() {
    var all = input.read().inForce();
    if (json) {
      out.println(Json.text(all));
    } else {
      for (InForce each : all) {
        out.printf("%s %s=%s%n", each.isSet() ? "*" : " ", each.name(), each.value());
      }
    }
    out.flush();
    return 0;
  }
}
