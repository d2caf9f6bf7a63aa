package io.aragora.platform.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands that speak to a running server take from the environment. */
public record ClientSettings(@Nullable URI url, @Nullable Path keyFile, Path dataDir) {

  /** Reads only the client's variables: a fault in the server's own is not its business. */
  public static ClientSettings read(Map<String, String> given) {
    var environment = new Environment(given);
    var settings =
        new ClientSettings(
            environment.maybe(Variables.CLIENT_URL).orElse(null),
            environment.maybe(Variables.CLIENT_KEY).orElse(null),
            environment.read(Variables.DATA_DIR));
    environment.throwIfFaulty();
    return settings;
  }
}
