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

/** Lists people's accounts. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists people's accounts: address, name, whether they are active.")
public final class UserListVerb implements Callable<Integer> {
  private static final int PAGE = 200;

  private final Map<String, String> environment;
  private final Function<Settings, AccountDesk> desks;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Prints one JSON object a line")
  private boolean json;

  public UserListVerb(Map<String, String> environment, Function<Settings, AccountDesk> desks) {
    this.environment = Map.copyOf(environment);
    this.desks = desks;
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (AccountDesk desk = desks.apply(LocalDatabase.settings(environment))) {
      List<AccountDesk.Line> page = desk.page("", PAGE);
      while (!page.isEmpty()) {
        page.forEach(each -> out.println(json ? Json.text(each) : words(each)));
        page = desk.page(page.getLast().email(), PAGE);
      }
    }
    out.flush();
    return 0;
  }

  private static String words(AccountDesk.Line line) {
    return "%s\t%s\t%s%s"
        .formatted(line.email(), line.name(), line.status(), line.operator() ? ", operator" : "");
  }
}
