package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Erases workspaces without people, at once and for good. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erases workspaces that have no members, at once and for good.",
      "What stays is the id, the hashes of its audit entries and the leaves of the logs.",
      "A workspace with members is deleted by its owner, after a time of grace."
    })
public final class WorkspaceEraseVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Function<Settings, WorkspaceDesk> desks;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "ID", arity = "1..10", description = "The workspace's id")
  private List<UUID> ids = List.of();

  @Option(names = "--yes", required = true, description = "Says that you mean it")
  private boolean confirmed;

  public WorkspaceEraseVerb(
      Map<String, String> environment, Function<Settings, WorkspaceDesk> desks) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (WorkspaceDesk desk = desks.apply(LocalDatabase.settings(environment))) {
      for (UUID id : ids) {
        desk.erase(id);
        out.println("erased " + id);
      }
    }
    out.flush();
    return 0;
  }
}
