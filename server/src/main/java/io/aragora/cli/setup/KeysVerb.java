package io.aragora.cli.setup;

import io.aragora.system.setup.OwnKeys;
import io.aragora.system.setup.Recipient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the keys of this user's services; they never leave the folder they are made in. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes the keys of services that run as this user, and asks for certificates.")
public final class KeysVerb implements Callable<Integer> {
  private final PrintStream err;

  @Mixin private final SharedFolder shared = new SharedFolder();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME=DIR",
      description = "Whose keys (app, owner, db, edge, obs), and the folder they are kept in")
  private final Map<String, Path> folders = new LinkedHashMap<>();

  @Option(
      names = "--renew",
      paramLabel = "FILE",
      description = "Makes this file of the folder anew; its certificate comes with the next init")
  private @Nullable String renew;

  public KeysVerb(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() {
    folders.forEach(this::fill);
    return 0;
  }

  private void fill(String name, Path folder) {
    var keys =
        OwnKeys.of(
            Recipient.named(name),
            folder,
            shared.open(),
            new SecureRandom(),
            line -> err.println(name + ": " + line));
    if (renew == null) {
      keys.complete();
    } else {
      keys.renew(renew);
    }
    err.flush();
  }
}
