package io.aragora.cli;

import io.aragora.platform.crypto.Sha256;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a question to a panel and shows how it goes. */
@Command(
    name = "debate",
    mixinStandardHelpOptions = true,
    description = "Puts a question to a panel and shows how it goes, to the receipt.")
final class DebateVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ServerLink link = new ServerLink();
  @Mixin private final BriefOptions brief = new BriefOptions();

  @Option(names = "--wait", description = "Waits for the end without showing how it goes")
  private boolean quiet;

  @Option(names = "--detach", description = "Does not wait; aragora watch ID follows it later")
  private boolean detach;

  @Option(names = "--json", description = "Prints the debate as one JSON object at its end")
  private boolean json;

  DebateVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var api = link.open(terminal)) {
      var evidence = brief.attached().stream().map(file -> attach(api, file)).toList();
      var opened =
          api.post(
              "/api/v1/debates",
              brief.body(evidence),
              Map.of("Idempotency-Key", UUID.randomUUID().toString()));
      var id = opened.path("id").asText();
      if (detach) {
        terminal.say(json ? opened.toString() : id);
        return ExitCode.DONE;
      }
      terminal.note("debate " + id);
      return new Ending(terminal, api, id)
          .tell(
              json || quiet ? Ending.Show.END : Ending.Show.ALL,
              json ? Ending.Form.JSON : Ending.Form.TEXT);
    }
  }

  private static String attach(Api api, Path file) {
    byte[] bytes = LocalFile.bytes(file);
    var hash = Sha256.of(bytes).hex();
    var name = Words.id(file.toAbsolutePath().normalize().toString().replaceAll(".*/", ""));
    api.put("/api/v1/evidence/" + hash + "?name=" + name, bytes);
    return hash;
  }
}
