package io.aragora.platform.db;

import io.aragora.system.setup.Recipient;
import io.aragora.system.setup.Volumes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A PostgreSQL that lets our roles in by certificate only, with keys and certificates made as the
 * stack makes them.
 */
final class TlsServer implements AutoCloseable {
  private static final String HBA =
      """
      host    all     postgres                     127.0.0.1/32 trust
      hostssl aragora aragora_app,aragora_owner    all          cert
      """;

  private final EmbeddedPostgres server;

  private TlsServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Makes the keys in {@code folder}; the server's certificate is good for localhost. */
  static TlsServer start(Path folder) throws IOException, SQLException {
    var volumes = Volumes.in(folder);
    volumes.up(Instant.now(), "localhost");
    var own = volumes.of(Recipient.DB);
    var hba = Files.writeString(folder.resolve("pg_hba.conf"), HBA);
    var server =
        EmbeddedPostgres.builder()
            .setServerConfig("hba_file", hba.toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", own.resolve("server.crt").toString())
            .setServerConfig("ssl_key_file", own.resolve("server.key").toString())
            .setServerConfig("ssl_ca_file", own.resolve("ca.crt").toString())
            .start();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role aragora_owner login");
      statement.execute("create role aragora_app login");
      statement.execute(
          "create database aragora owner aragora_owner encoding 'UTF8' template template0");
    }
    return new TlsServer(server);
  }

  String url(String host) {
    return "jdbc:postgresql://%s:%d/aragora".formatted(host, server.getPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
