package io.aragora.cli;

import io.aragora.platform.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the first workspace and leaves a key for it in a file. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Makes the first workspace and writes an API key for it to a file.")
final class InitVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Where the key goes; else api-key in the data folder. An existing file is kept")
  private @Nullable Path keyFile;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  InitVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var settings = Settings.read(terminal.environment());
    var file = keyFile != null ? keyFile : settings.storage().dataDir().resolve(OwnerKey.FILE);
    var isNew = !Files.exists(file);
    OwnerKey.keep(file, () -> terminal.serving().ownerKey(settings));
    if (json) {
      terminal.sayJson(Map.of("key_file", file.toString(), "is_new", isNew));
    } else {
      terminal.say((isNew ? "wrote a new API key to " : "kept the API key in ") + file);
    }
    return ExitCode.DONE;
  }
}
