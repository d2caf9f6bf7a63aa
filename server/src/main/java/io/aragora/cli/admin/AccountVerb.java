package io.aragora.cli.admin;

import io.aragora.platform.config.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does one thing to one account; what it is called and does is given to it. */
@Command(mixinStandardHelpOptions = true)
public final class AccountVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Function<Settings, AccountDesk> desks;
  private final BiFunction<AccountDesk, String, String> work;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "The account's e-mail address")
  private String email = "";

  private AccountVerb(
      Map<String, String> environment,
      Function<Settings, AccountDesk> desks,
      BiFunction<AccountDesk, String, String> work) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
    this.work = work;
  }

  /** The verbs of this kind, to stand under {@code user}. */
  public static void addTo(
      CommandLine user, Map<String, String> environment, Function<Settings, AccountDesk> desks) {
    add(
        user,
        "reset",
        "Prints a link with which a person sets a new password, once, within 30 minutes.",
        new AccountVerb(environment, desks, AccountDesk::resetLink));
    add(
        user,
        "deactivate",
        "Closes an account at once: nobody signs in with it, and its sessions and keys end.",
        new AccountVerb(
            environment,
            desks,
            (desk, email) -> {
              desk.deactivate(email);
              return "deactivated " + email;
            }));
    add(
        user,
        "activate",
        "Opens a closed account again.",
        new AccountVerb(
            environment,
            desks,
            (desk, email) -> {
              desk.activate(email);
              return "activated " + email;
            }));
  }

  private static void add(CommandLine user, String name, String about, AccountVerb verb) {
    var command = new CommandLine(verb);
    command.getCommandSpec().usageMessage().description(about);
    user.addSubcommand(name, command);
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (AccountDesk desk = desks.apply(LocalDatabase.settings(environment))) {
      out.println(work.apply(desk, email));
    }
    out.flush();
    return 0;
  }
}
