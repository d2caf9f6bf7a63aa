package io.aragora.drill.rig;

import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.EmbeddedDatabase;
import io.aragora.platform.db.Migrations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL process of the drill's own: it syncs, asks for passwords, and can be killed and
 * started again on the same data and port.
 */
public final class DrillPostgres implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final Path binary;
  private final DatabaseAddress owner;
  private final DatabaseAddress app;
  private final DatabaseAddress superuser;
  private final int port;
  private Process process;

  private DrillPostgres(Path folder, Path binary, DatabaseAddress owner, DatabaseAddress app)
      throws IOException {
    this.folder = folder;
    this.binary = binary;
    this.owner = owner;
    this.app = app;
    this.superuser =
        new DatabaseAddress(
            app.url(), "postgres", Files.readString(folder.resolve("password-postgres")).strip());
    this.port = URI.create(app.url().substring("jdbc:".length())).getPort();
    this.process = launch(folder, binary, port);
  }

  /** Makes the cluster as the product does, with the whole schema, and starts it. */
  static DrillPostgres create(Path folder) throws IOException {
    DatabaseAddress owner;
    DatabaseAddress app;
    Path binary;
    try (var made = EmbeddedDatabase.start(folder)) {
      owner = made.owner();
      app = made.app();
      // In a JVM that has had a PostgreSQL before, the programs are where that one unpacked them.
      String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
      binary = Files.readSymbolicLink(Path.of("/proc", pid, "exe"));
      Migrations.apply(owner, app.user());
    }
    // Nodes under drill may stand in network namespaces of this machine.
    Files.writeString(
        folder.resolve("data/pg_hba.conf"),
        "host all all 10.0.0.0/8 scram-sha-256\n",
        StandardOpenOption.APPEND);
    var postgres = new DrillPostgres(folder, binary, owner, app);
    postgres.awaitAnswer();
    return postgres;
  }

  public DatabaseAddress app() {
    return app;
  }

  public DatabaseAddress owner() {
    return owner;
  }

  /** Sees every row. */
  public DatabaseAddress superuser() {
    return superuser;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Starts it on the data there is, and waits until it takes connections. */
  public void start() throws IOException {
    process = launch(folder, binary, port);
    awaitAnswer();
  }

  private void awaitAnswer() {
    if (!Until.isTrue(START, () -> !process.isAlive() || answers()) || !process.isAlive()) {
      throw new IllegalStateException("PostgreSQL does not start: see " + log(folder));
    }
  }

  /** Ends the postmaster and every backend at once, as a power cut does. */
  public void kill() {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.addFirst(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    gone(all);
  }

  /** Ends it as an administrator in a hurry does: connections are cut, data is flushed. */
  public void stopFast() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.addFirst(process.toHandle());
    Signals.send("INT", process.pid());
    gone(all);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stopFast();
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("drill-postgres.log");
  }

  private static Process launch(Path folder, Path binary, int port) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(binary.toString(), "-D", folder.resolve("data").toString()));
    for (String setting :
        List.of(
            "port=" + port,
            "fsync=on",
            "synchronous_commit=on",
            "listen_addresses=*",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=64MB",
            "log_min_messages=warning")) {
      command.addAll(List.of("-c", setting));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  private boolean answers() {
    try (var connection =
        DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password())) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void gone(List<ProcessHandle> all) {
    var ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).orTimeout(60, TimeUnit.SECONDS).join();
  }
}
