package io.aragora;

import io.aragora.cli.Cli;
import io.aragora.platform.config.Settings;
import java.time.InstantSource;

/** Starts the appliance's command line. */
public final class Aragora {
  private Aragora() {}

  public static void main(String[] args) {
    var serving = new LocalServing(InstantSource.system());
    System.exit(new Cli(serving, Settings.environment(), System.out, System.err).run(args));
  }
}
