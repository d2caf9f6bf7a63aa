package io.aragora.cli.setup;

import io.aragora.system.setup.Authority;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers the requests for certificates, as the appliance's own authority. */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    description =
        "Issues the certificates asked for, and renews those with less than a month left.")
public final class CertificatesVerb implements Callable<Integer> {
  private final PrintStream err;
  private final InstantSource clock;

  @Mixin private final SharedFolder shared = new SharedFolder();

  @Option(
      names = "--authority",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the authority's own keys")
  private Path authority = Path.of("");

  @Option(
      names = "--database-name",
      paramLabel = "NAME",
      description = "Another name the database is reached by; may be given more than once")
  private final List<String> databaseNames = new ArrayList<>();

  public CertificatesVerb(PrintStream err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Authority.in(
            authority,
            shared.open(),
            clock.instant(),
            new SecureRandom(),
            line -> err.println("authority: " + line))
        .issue(databaseNames);
    err.flush();
    return 0;
  }
}
