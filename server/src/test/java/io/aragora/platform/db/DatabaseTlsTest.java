package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.system.setup.Recipient;
import io.aragora.system.setup.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTlsTest {
  @TempDir private static Path folder;
  @TempDir private static Path stranger;
  private static TlsServer server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = TlsServer.start(folder);
    Volumes.in(stranger).up(java.time.Instant.now(), "localhost");
    Migrations.apply(owner(), "aragora_app");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void aRoleEntersByItsCertificateOverTls() {
    try (var database = Database.open(app("localhost", folder, Recipient.APP), 2)) {
      List<String> who =
          database.inSystemTransaction(
              tx ->
                  tx.list(
                      """
                      select current_user || ' ' || version as who
                        from pg_stat_ssl
                       where pid = pg_backend_pid()
                      """,
                      row -> row.text("who")));
      assertThat(who).containsExactly("aragora_app TLSv1.3");
    }
  }

  @Test
  void theListeningLineUsesItToo() throws InterruptedException {
    var address = app("localhost", folder, Recipient.APP);
    try (var bell = Doorbell.open(address);
        var database = Database.open(address, 2);
        var ticket = bell.listen("subject")) {
      assertThat(ticket.await(Duration.ofSeconds(1))).as("rung when the line is up").isTrue();
      assertThat(bell.isConnected()).isTrue();
      var unused =
          database.inSystemTransaction(
              tx -> {
                Doorbell.ring(tx, "subject");
                return true;
              });
      assertThat(ticket.await(Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  void aServerOfAnotherNameIsRefused() {
    refused(app("127.0.0.1", folder, Recipient.APP), "could not be verified");
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused() {
    var trust = new DatabaseTls(of(stranger, Recipient.APP).resolve("db-ca.crt"), null);
    refused(
        new DatabaseAddress(server.url("localhost"), "aragora_app", "", trust),
        "unable to find valid certification path");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    var own = of(stranger, Recipient.APP);
    var tls =
        new DatabaseTls(
            of(folder, Recipient.APP).resolve("db-ca.crt"),
            new DatabaseTls.Client(own.resolve("db.crt"), own.resolve("db.key")));
    refused(new DatabaseAddress(server.url("localhost"), "aragora_app", "", tls), "");
  }

  @Test
  void aCertificateOfAnotherRoleIsRefused() {
    refused(app("localhost", folder, Recipient.OWNER), "certificate authentication failed");
  }

  @Test
  void noCertificateIsRefused() {
    var tls = new DatabaseTls(of(folder, Recipient.APP).resolve("db-ca.crt"), null);
    refused(
        new DatabaseAddress(server.url("localhost"), "aragora_app", "", tls),
        "connection requires a valid client certificate");
  }

  @Test
  void aLineInClearTextIsRefused() {
    refused(
        new DatabaseAddress(server.url("localhost") + "?sslmode=disable", "aragora_app", ""),
        "no encryption");
  }

  private static void refused(DatabaseAddress address, String words) {
    try (var database = Database.open(address, 1)) {
      assertThatThrownBy(() -> database.inSystemTransaction(tx -> tx.list("select 1", row -> row)))
          .isInstanceOf(DatabaseFault.class)
          .hasMessageContaining(words);
    }
  }

  private static DatabaseAddress owner() {
    return new DatabaseAddress(
        server.url("localhost"), "aragora_owner", "", tls(folder, Recipient.OWNER));
  }

  private static DatabaseAddress app(String host, Path from, Recipient recipient) {
    return new DatabaseAddress(server.url(host), "aragora_app", "", tls(from, recipient));
  }

  private static DatabaseTls tls(Path from, Recipient recipient) {
    var own = of(from, recipient);
    return new DatabaseTls(
        own.resolve("db-ca.crt"),
        new DatabaseTls.Client(own.resolve("db.crt"), own.resolve("db.key")));
  }

  private static Path of(Path from, Recipient recipient) {
    return Volumes.in(from).of(recipient);
  }
}
