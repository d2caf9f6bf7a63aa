package io.aragora.cli;

import io.aragora.platform.config.Settings;
import io.aragora.platform.db.KnownSchema;
import io.aragora.platform.db.Migrations;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the schema to this version, as the owner role. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Brings the database schema to this version; run it once, before the new servers.")
final class MigrateVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  MigrateVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var settings = Settings.read(terminal.environment());
    var database = settings.database();
    var schema = Migrations.apply(database.owner(), database.app().user());
    KnownSchema.upTo(settings.storage().schemaAhead())
        .refusal(schema)
        .ifPresent(
            refusal -> {
              throw new CliFault(ExitCode.NOT_STARTED, refusal);
            });
    if (json) {
      terminal.sayJson(Map.of("schema", schema));
    } else {
      terminal.say("schema " + schema);
    }
    return ExitCode.DONE;
  }
}
