package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes workspaces without people, each with a key to all of it. */
@Command(
    name = "make",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a workspace without people for each name, and prints a key to all of it.",
      "The key is shown once. The audit log of the workspace says that it was made."
    })
public final class WorkspaceMakeVerb implements Callable<Integer> {
  private static final int LONGEST = 366 * 24;

  private final Map<String, String> environment;
  private final Function<Settings, WorkspaceDesk> desks;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "1..10", description = "What it is called")
  private List<String> names = List.of();

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "1",
      description = "How long the key is good, 1 to 8784; 1 unless told")
  private int hours;

  @Option(names = "--json", description = "Prints one JSON object a line")
  private boolean json;

  public WorkspaceMakeVerb(
      Map<String, String> environment, Function<Settings, WorkspaceDesk> desks) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
  }

  @Override
  public Integer call() {
    var command = Objects.requireNonNull(spec).commandLine();
    if (hours < 1 || hours > LONGEST) {
      throw new ParameterException(command, "--hours must be from 1 to " + LONGEST + ": " + hours);
    }
    PrintWriter out = command.getOut();
    try (WorkspaceDesk desk = desks.apply(LocalDatabase.settings(environment))) {
      for (String name : names) {
        WorkspaceDesk.Made made = desk.make(name, Duration.ofHours(hours));
        out.println(json ? Json.text(made) : words(made));
      }
    }
    out.flush();
    return 0;
  }

  private static String words(WorkspaceDesk.Made made) {
    return "%s\t%s\t%s\tuntil %s"
        .formatted(made.workspaceId(), made.name(), made.key(), made.keyExpiresAt());
  }
}
