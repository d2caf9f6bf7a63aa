package io.aragora.cli.setup;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a file of settings with one value changed. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Prints the settings with one value changed, quoted so that Compose keeps it.")
public final class ConfigSetVerb implements Callable<Integer> {
  private final SettingsInput input;
  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "NAME", description = "Which setting")
  private String name = "";

  @Parameters(index = "1", paramLabel = "VALUE", description = "Its new value")
  private String value = "";

  public ConfigSetVerb(InputStream in, PrintStream out) {
    this.input = new SettingsInput(in);
    this.out = out;
  }

  @Override
  public Integer call() {
    out.print(input.read().with(name, value));
    out.flush();
    return 0;
  }
}
