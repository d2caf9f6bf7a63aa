package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import io.aragora.workspace.setup.SetupLinks;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the one-time link by which the first person comes in. */
@Command(
    name = "first-admin",
    mixinStandardHelpOptions = true,
    description =
        "Prints a link, good once and for 24 hours, by which the first person makes their account.")
public final class FirstAdminVerb implements Callable<Integer> {
  private static final int NO = 1;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final Function<Settings, Optional<SetupLinks.Link>> links;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  public FirstAdminVerb(
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      Function<Settings, Optional<SetupLinks.Link>> links) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.links = links;
  }

  @Override
  public Integer call() {
    Optional<SetupLinks.Link> link = links.apply(LocalDatabase.settings(environment));
    link.ifPresent(this::say);
    if (link.isEmpty()) {
      err.println("error: the first person is in already; they can invite others");
    }
    return link.isPresent() ? 0 : NO;
  }

  private void say(SetupLinks.Link link) {
    if (json) {
      out.println(Json.text(link));
    } else {
      out.println("open this link within 24 hours; it works once:");
      out.println(link.url());
    }
    out.flush();
  }
}
