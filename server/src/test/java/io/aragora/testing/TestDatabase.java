package io.aragora.testing;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A real PostgreSQL with the whole schema, one per JVM, migrated once and copied from then on.
 * Tests keep apart by using a workspace each; a test of tables without a workspace, or of the
 * schema itself, asks for one of its {@link #own}.
 */
public final class TestDatabase {
  private static final String OWNER = "aragora_owner";
  private static final String APP = "aragora_app";
  private static final String TEMPLATE = "migrated";

  private final EmbeddedPostgres server;
  private final String name;
  private final Database database;

  private TestDatabase(EmbeddedPostgres server, String name, Database database) {
    this.server = server;
    this.name = name;
    this.database = database;
  }

  /** The one every test may use, migrated once. */
  public static TestDatabase shared() {
    return Shared.ONE;
  }

  /** Another database on the same server, empty but for the schema; close its pool when done. */
  public static TestDatabase own() {
    var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    return copy(Shared.ONE.server, name, 8);
  }

  /** As {@link #own()}, but without the schema too. */
  public static TestDatabase empty() {
    EmbeddedPostgres server = Shared.ONE.server;
    var name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    make(server, name);
    return new TestDatabase(server, name, Database.open(address(server, name, APP), 2));
  }

  public Database database() {
    return database;
  }

  /** As the role that owns the tables; forced row-level security binds it too. */
  public DatabaseAddress owner() {
    return address(server, name, OWNER);
  }

  /** As the role the server runs as: owns nothing, bypasses nothing. */
  public DatabaseAddress app() {
    return address(server, name, APP);
  }

  /** As the superuser, who sees every row: to look behind the curtain. */
  public DatabaseAddress superuser() {
    return address(server, name, "postgres");
  }

  /** A fresh workspace with a row of its own. */
  public WorkspaceId newWorkspace() {
    var workspace = new WorkspaceId(UUID.randomUUID());
    database.doInTransaction(
        workspace,
        tx ->
            tx.update(
                """
                insert into workspace (workspace_id, name, created_at)
                values (?, ?, ?)
                """,
                workspace.value(),
                "Test " + workspace,
                Instant.parse("2026-11-01T00:00:00Z")));
    return workspace;
  }

  /** A migration takes a third of a second, a copy of what it made a few hundredths. */
  private static TestDatabase copy(EmbeddedPostgres server, String name, int pool) {
    run(server, "create database %s owner %s template %s".formatted(name, OWNER, TEMPLATE));
    return new TestDatabase(server, name, Database.open(address(server, name, APP), pool));
  }

  private static void make(EmbeddedPostgres server, String name) {
    run(
        server,
        "create database %s owner %s encoding 'UTF8' template template0".formatted(name, OWNER));
  }

  private static DatabaseAddress address(EmbeddedPostgres server, String name, String user) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name), user, "test");
  }

  private static void run(EmbeddedPostgres server, String sql) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException bad) {
      throw new IllegalStateException(sql, bad);
    }
  }

  /** Started at first use; zonky's own shutdown hook stops it with the JVM. */
  private static final class Shared {
    private static final TestDatabase ONE = start();

    private static TestDatabase start() {
      try {
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "400")
                .setServerConfig("timezone", "UTC")
                // It never outlives its JVM: nothing is gained by waiting for the disk.
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
        run(server, "create role " + OWNER + " login password 'test'");
        run(
            server,
            "create role "
                + APP
                + " login password 'test' nosuperuser nocreatedb nocreaterole nobypassrls");
        make(server, TEMPLATE);
        Migrations.apply(address(server, TEMPLATE, OWNER), APP);
        return copy(server, "aragora", 24);
      } catch (IOException bad) {
        throw new UncheckedIOException(bad);
      }
    }
  }
}
