package io.aragora.cli.admin;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which workspace pays for which, whoever its members are. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Says which workspace pays for which; both audit logs tell.")
public final class BudgetVerb {
  private final Map<String, String> environment;
  private final Function<Settings, TreeDesk> desks;

  @Spec private @Nullable CommandSpec spec;

  public BudgetVerb(Map<String, String> environment, Function<Settings, TreeDesk> desks) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
  }

  @Command(
      name = "place",
      mixinStandardHelpOptions = true,
      description = "Puts a workspace under another: what it holds must fit that one's caps too.")
  int place(
      @Parameters(paramLabel = "WORKSPACE", description = "The id of the one that is paid for")
          UUID child,
      @Option(
              names = "--under",
              required = true,
              paramLabel = "WORKSPACE",
              description = "The id of the one that pays")
          UUID parent) {
    try (TreeDesk desk = desk()) {
      desk.place(new WorkspaceId(child), new WorkspaceId(parent));
    }
    say("%s pays for %s from now on".formatted(parent, child));
    return 0;
  }

  @Command(
      name = "detach",
      mixinStandardHelpOptions = true,
      description = "Lets a workspace stand by itself again.")
  int detach(
      @Parameters(paramLabel = "WORKSPACE", description = "The id of the one that was paid for")
          UUID child) {
    try (TreeDesk desk = desk()) {
      desk.detach(new WorkspaceId(child));
    }
    say("no other workspace pays for %s".formatted(child));
    return 0;
  }

  private TreeDesk desk() {
    return desks.apply(LocalDatabase.settings(environment));
  }

  private void say(String text) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
