package io.aragora.cli.setup;

import io.aragora.system.setup.PublicFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where requests for certificates and certificates lie, for every service to read. */
final class SharedFolder {
  @Option(
      names = "--certificates",
      paramLabel = "DIR",
      defaultValue = "/run/certificates",
      description =
          "Folder of requests and certificates, which are no secret (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("/run/certificates");

  PublicFolder open() {
    return new PublicFolder(folder);
  }
}
