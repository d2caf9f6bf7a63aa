package io.aragora.cli.setup;

import io.aragora.platform.config.SettingsDocs;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the example file, to begin with or to compare. */
@Command(
    name = "example",
    mixinStandardHelpOptions = true,
    description = "Prints .env.example, as this version has it.")
public final class ConfigExampleVerb implements Callable<Integer> {
  private final PrintStream out;

  public ConfigExampleVerb(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.print(SettingsDocs.envExample());
    out.flush();
    return 0;
  }
}
