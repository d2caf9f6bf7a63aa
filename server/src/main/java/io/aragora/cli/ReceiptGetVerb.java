package io.aragora.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a receipt with everything needed to check it offline. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Fetches a receipt with its proof and keys, as one JSON file for receipt verify.")
final class ReceiptGetVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ServerLink link = new ServerLink();

  @Parameters(paramLabel = "ID", description = "The receipt")
  private String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Else it is printed")
  private @Nullable Path output;

  @Option(names = "--json", description = "Accepted everywhere; a receipt is JSON already")
  private boolean json;

  ReceiptGetVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var api = link.open(terminal)) {
      byte[] bundle = api.bytes("/api/v1/receipts/" + Words.uuid(id));
      if (output == null) {
        terminal.say(new String(bundle, StandardCharsets.UTF_8));
      } else {
        LocalFile.write(output, bundle);
      }
      return ExitCode.DONE;
    }
  }
}
