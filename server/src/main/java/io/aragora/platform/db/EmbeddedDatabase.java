package io.aragora.platform.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL of our own, kept in one folder, for a machine that has none: durable, reached by
 * loopback and password only. Everything it needs lies in that folder, so that no other user of the
 * machine can plant a file in its way.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
  private static final Duration START = Duration.ofSeconds(90);
  private static final String NAME = "aragora";
  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "aragora_owner";
  private static final String APP = "aragora_app";

  private final EmbeddedFolder folder;
  private final EmbeddedPostgres server;

  private EmbeddedDatabase(EmbeddedFolder folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts the database kept in {@code path}, making it first where there is none; takes over from
   * a server whose owner was killed. Only one process at a time may have a folder.
   */
  public static EmbeddedDatabase start(Path path) {
    var folder = EmbeddedFolder.lock(path);
    try {
      ServerProcesses.stopAll(folder.data());
      folder.setAsideUnfinished();
      var server = launch(folder);
      var database = new EmbeddedDatabase(folder, server);
      database.prepare();
      LOG.log(Level.INFO, "embedded database ready on port {0}", String.valueOf(server.getPort()));
      return database;
    } catch (IOException | SQLException | RuntimeException bad) {
      ServerProcesses.stopAll(folder.data());
      folder.unlock();
      throw DatabaseFault.unavailable(
          "the embedded database in %s does not start: %s".formatted(path, bad.getMessage()), bad);
    }
  }

  /**
   * The database in {@code path} while another process runs it, as the role the server works as.
   */
  public static Optional<DatabaseAddress> running(Path path) {
    try {
      if (!Files.exists(path.resolve("data").resolve("postmaster.pid"))) {
        return Optional.empty();
      }
      int port = Integer.parseInt(Files.readString(path.resolve("port")).strip());
      String password = Files.readString(path.resolve("password-" + APP)).strip();
      return Optional.of(
          new DatabaseAddress(
              "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME), APP, password));
    } catch (IOException | NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  /** As the role the server works as: it owns nothing and cannot step around row-level security. */
  public DatabaseAddress app() {
    return address(APP);
  }

  /** As the role that owns the database and migrates it. */
  public DatabaseAddress owner() {
    return address(OWNER);
  }

  /** Stops the server after a last checkpoint; the data stays. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException bad) {
      LOG.log(Level.WARNING, "the embedded database did not stop by itself", bad);
    }
    ServerProcesses.stopAll(folder.data());
    folder.unlock();
  }

  /**
   * Zonky starts servers for tests: fsync off, trust, and a clean-up that deletes. None of it here.
   */
  private static EmbeddedPostgres launch(EmbeddedFolder folder) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.data())
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(folder.binaries().toFile())
        .setRegisterShutdownHook(false)
        .setPort(folder.port())
        .setPGStartupWait(START)
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", folder.passwordFile(SUPERUSER).toString())
        .setConnectConfig("password", folder.password(SUPERUSER))
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .start();
  }

  private void prepare() throws SQLException, IOException {
    if (folder.isFinished()) {
      return;
    }
    try (var connection = server.getPostgresDatabase().getConnection()) {
      createRole(connection, OWNER);
      createRole(connection, APP);
      run(connection, "create database %s owner %s encoding 'UTF8'".formatted(NAME, OWNER));
      run(connection, "revoke all on database %s from public".formatted(NAME));
      run(connection, "grant connect on database %s to %s".formatted(NAME, APP));
    }
    folder.finish();
  }

  private void createRole(Connection connection, String role) throws SQLException {
    run(
        connection,
        """
        create role %s login password '%s'
          nosuperuser nocreatedb nocreaterole noreplication nobypassrls
        """
            .formatted(role, folder.password(role)));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private DatabaseAddress address(String role) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), NAME),
        role,
        folder.password(role));
  }
}
