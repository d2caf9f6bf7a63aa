package io.aragora.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a debate from its first event to its last. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows a debate from its first event to its last, running or long over.")
final class WatchVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ServerLink link = new ServerLink();

  @Parameters(paramLabel = "ID", description = "The debate")
  private String id = "";

  @Option(names = "--json", description = "Prints each event as a line of JSON")
  private boolean json;

  WatchVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var api = link.open(terminal)) {
      return new Ending(terminal, api, Words.uuid(id))
          .tell(
              json ? Ending.Show.EVENTS : Ending.Show.ALL,
              json ? Ending.Form.NOTHING : Ending.Form.TEXT);
    }
  }
}
