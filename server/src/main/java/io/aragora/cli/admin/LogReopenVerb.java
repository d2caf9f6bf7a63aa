package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Accepts that a restored database lacks the newest of what was signed, and goes on from there. */
@Command(
    name = "reopen",
    mixinStandardHelpOptions = true,
    description = {
      "Accepts a loss: after a restore the database may lack the newest entries that were signed.",
      "The log then goes on under a new name, whose first leaf names the last head of the old one,",
      "and the last head of the audit log is moved aside. Changes nothing where nothing is lost."
    })
public final class LogReopenVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Function<Settings, List<String>> reopening;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  /** {@code reopening} does it and tells what was lost, a sentence for each log. */
  public LogReopenVerb(
      Map<String, String> environment, Function<Settings, List<String>> reopening) {
    this.environment = Map.copyOf(environment);
    this.reopening = reopening;
  }

  @Override
  public Integer call() {
    List<String> accepted = reopening.apply(LocalDatabase.settings(environment));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      out.println(Json.text(Map.of("accepted", accepted)));
    } else if (accepted.isEmpty()) {
      out.println("both logs continue what was signed: nothing to accept");
    } else {
      accepted.forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
