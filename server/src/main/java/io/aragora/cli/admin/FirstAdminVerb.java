package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.workspace.setup.SetupLinks;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  public FirstAdminVerb(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    var settings = Settings.read(environment);
    try (var database = Database.open(LocalDatabase.of(environment, settings), 2)) {
      var links = new SetupLinks(database, InstantSource.system(), new SecureRandom());
      Optional<SetupLinks.Link> link = links.make(settings.http().publicUrl());
      link.ifPresent(this::say);
      if (link.isEmpty()) {
        err.println("error: the first person is in already; they can invite others");
      }
      return link.isPresent() ? 0 : NO;
    }
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
