package io.aragora.cli.setup;

import io.aragora.platform.json.Json;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what is wrong with a file of settings. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says what is wrong with the settings: exit code 1 where a value cannot be.")
public final class ConfigCheckVerb implements Callable<Integer> {
  private static final int NO = 1;

  private final SettingsInput input;
  private final PrintStream out;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  public ConfigCheckVerb(InputStream in, PrintStream out) {
    this.input = new SettingsInput(in);
    this.out = out;
  }

  @Override
  public Integer call() {
    var findings = input.read().check();
    if (json) {
      out.println(Json.text(findings));
    } else {
      findings.faults().forEach(each -> out.println("error: " + each));
      findings.warnings().forEach(each -> out.println("warning: " + each));
    }
    out.flush();
    return findings.faults().isEmpty() ? 0 : NO;
  }
}
