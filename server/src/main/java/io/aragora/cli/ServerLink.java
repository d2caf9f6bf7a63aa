package io.aragora.cli;

import io.aragora.platform.config.ClientSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which server a command speaks to and with which key: what the command says, else the environment,
 * else what a server on this machine left in its data folder.
 */
final class ServerLink {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Server to speak to; else ARAGORA_URL, else the one of the data folder")
  private @Nullable URI url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File with the API key; else ARAGORA_KEY_FILE, else the data folder's")
  private @Nullable Path keyFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data folder of a server on this machine; else ARAGORA_DATA_DIR")
  private @Nullable Path dataDir;

  Api open(Terminal terminal) {
    var settings = ClientSettings.read(terminal.environment());
    var server =
        named(settings)
            .orElseThrow(
                () ->
                    CliFault.usage(
                        "no server named and none runs from %s: start one with ops/quickstart, or give --url"
                            .formatted(folder(settings))));
    return new Api(server, key(settings));
  }

  /** The server's public face, which needs no key; none where no server is named. */
  Optional<Api> openPublic(Terminal terminal) {
    return named(ClientSettings.read(terminal.environment())).map(server -> new Api(server, ""));
  }

  /** Health and metrics, where a server on this machine said where they are. */
  Optional<Api> openManagement(Terminal terminal) {
    return ServerNote.in(folder(ClientSettings.read(terminal.environment())))
        .map(note -> new Api(note.management(), ""));
  }

  private Path folder(ClientSettings settings) {
    return dataDir == null ? settings.dataDir() : dataDir;
  }

  /** A folder that is named goes before an address that lies in the environment. */
  private Optional<URI> named(ClientSettings settings) {
    if (url != null) {
      return Optional.of(url);
    }
    return dataDir == null && settings.url() != null
        ? Optional.of(settings.url())
        : ServerNote.in(folder(settings)).map(ServerNote::url);
  }

  private String key(ClientSettings settings) {
    var named = keyFile == null && dataDir == null ? settings.keyFile() : keyFile;
    var path = named == null ? folder(settings).resolve(OwnerKey.FILE) : named;
    try {
      return Files.readString(path).strip();
    } catch (IOException bad) {
      throw CliFault.usage(
          "no API key can be read from %s: give --key-file or set ARAGORA_KEY_FILE"
              .formatted(path));
    }
  }
}
