package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Closes an account at once: nobody signs in with it, and its sessions and keys end. */
@Command(
    name = "deactivate",
    mixinStandardHelpOptions = true,
    description =
        "Closes an account at once: nobody signs in with it, and its sessions and keys end.")
public final class UserDeactivateVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Function<Settings, AccountDesk> desks;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "The account's e-mail address")
  private String email = "";

  public UserDeactivateVerb(
      Map<String, String> environment, Function<Settings, AccountDesk> desks) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (AccountDesk desk = desks.apply(LocalDatabase.settings(environment))) {
      desk.deactivate(email);
      out.println("deactivated " + email);
    }
    out.flush();
    return 0;
  }
}
