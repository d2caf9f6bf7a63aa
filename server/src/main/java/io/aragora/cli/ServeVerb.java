package io.aragora.cli;

import io.aragora.platform.config.Settings;
import io.aragora.platform.db.EmbeddedDatabase;
import io.aragora.platform.db.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the server until it is told to stop (SIGTERM or Ctrl-C).")
final class ServeVerb implements Callable<Integer> {
  private static final String DATA_DIR = "ARAGORA_DATA_DIR";

  // To close what is left once requests and debates have let go.
  private static final Duration SPARE = Duration.ofSeconds(5);

  private final Terminal terminal;

  @Option(
      names = "--embedded",
      paramLabel = "DIR",
      description =
          "Runs a PostgreSQL of its own, kept in DIR, migrates it and leaves the first API key there")
  private @Nullable Path embedded;

  @Option(names = "--json", description = "Prints one JSON object when ready")
  private boolean json;

  ServeVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var stop = new StopSignal();
    try {
      return embedded == null ? serve(settings(), stop) : serveEmbedded(embedded, stop);
    } finally {
      stop.done();
    }
  }

  private int serveEmbedded(Path folder, StopSignal stop) throws InterruptedException {
    var settings = settings();
    try (var database = EmbeddedDatabase.start(folder.resolve("postgres"))) {
      var here = settings.on(database.app(), database.owner());
      Migrations.apply(database.owner(), database.app().user());
      var serving = terminal.serving();
      OwnerKey.keep(folder.resolve(OwnerKey.FILE), () -> serving.ownerKey(here));
      return serve(here, stop);
    }
  }

  private int serve(Settings settings, StopSignal stop) throws InterruptedException {
    var folder = settings.storage().dataDir();
    var limits = settings.limits();
    stop.endWithin(limits.drain().plus(limits.drainNotice()).plus(SPARE));
    try (var running = terminal.serving().start(settings)) {
      mustListen(running, settings);
      var note = new ServerNote(running.url(), running.management(), ProcessHandle.current().pid());
      note.leaveIn(folder);
      if (json) {
        terminal.sayJson(note);
      } else {
        terminal.say("ready on %s, management on %s".formatted(note.url(), note.management()));
      }
      stop.await();
    } finally {
      ServerNote.removeFrom(folder);
    }
    return ExitCode.DONE;
  }

  /** The web server only logs that it could not bind; a server nobody can reach must not stay. */
  private static void mustListen(Serving.Running running, Settings settings) {
    if (running.url().getPort() < 1 || running.management().getPort() < 1) {
      throw new CliFault(
          ExitCode.NOT_STARTED,
          "cannot listen on %s:%d and %s:%d: choose ports that are free with %s and %s"
              .formatted(
                  settings.http().host(),
                  settings.http().port(),
                  settings.management().host(),
                  settings.management().port(),
                  "ARAGORA_HTTP_PORT",
                  "ARAGORA_MANAGEMENT_PORT"));
    }
  }

  /** The embedded folder is the data folder too, unless the environment says otherwise. */
  private Settings settings() {
    var environment = new HashMap<>(terminal.environment());
    if (embedded != null) {
      environment.putIfAbsent(DATA_DIR, embedded.toString());
      // No proxy chooses between this server and another, so nobody needs to notice.
      environment.putIfAbsent("ARAGORA_DRAIN_NOTICE_SECONDS", "0");
    }
    return Settings.read(environment);
  }
}
