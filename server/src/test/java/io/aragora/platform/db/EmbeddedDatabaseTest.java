package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
  @TempDir private static Path parent;

  private static Path folder;

  /** Another process that starts the database and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
      try (var database = EmbeddedDatabase.start(Path.of(args[0]))) {
        System.out.println("ready " + database.app().url());
        Thread.currentThread().join();
      }
    }
  }

  @BeforeAll
  static void makeOneWithARow() {
    folder = parent.resolve("a folder/postgres");
    try (var embedded = EmbeddedDatabase.start(folder);
        var owner = Database.open(embedded.owner(), 1)) {
      change(owner, "create table kept (word text not null)");
      change(owner, "insert into kept (word) values ('still here')");
    }
  }

  @AfterAll
  static void leaveNoProcess() {
    assertThat(ServerProcesses.on(folder.resolve("data"))).isEmpty();
  }

  @Test
  void aRestartKeepsTheRow() {
    try (var embedded = EmbeddedDatabase.start(folder)) {
      assertThat(word(embedded)).isEqualTo("still here");
    }
  }

  @Test
  void whatIsCommittedIsOnDisk() {
    try (var embedded = EmbeddedDatabase.start(folder);
        var owner = Database.open(embedded.owner(), 1)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(shown(owner, setting)).as(setting).isEqualTo("on");
      }
      assertThat(shown(owner, "server_encoding")).isEqualTo("UTF8");
      assertThat(shown(owner, "listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void nobodyEntersWithoutThePassword() {
    try (var embedded = EmbeddedDatabase.start(folder)) {
      for (String role : List.of("postgres", "aragora_owner", "aragora_app")) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(embedded.app().url(), role, "wrong").close())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void theAppRoleOwnsNothingAndBypassesNothing() {
    try (var embedded = EmbeddedDatabase.start(folder);
        var app = Database.open(embedded.app(), 1)) {
      String might =
          app.inSystemTransaction(
              tx ->
                  tx.one(
                          """
                          select concat_ws(' ', rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
                                 (select count(*) from pg_class where relowner = pg_roles.oid)) might
                            from pg_roles
                           where rolname = current_user
                          """,
                          row -> row.text("might"))
                      .orElseThrow());
      assertThat(might).isEqualTo("f f f f 0");
      assertThatThrownBy(() -> change(app, "create table mine (word text)"))
          .isInstanceOf(DatabaseFault.class);
    }
  }

  @Test
  void onlyItsUserReadsTheFolder() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    for (String role : List.of("postgres", "aragora_owner", "aragora_app")) {
      var rights = Files.getPosixFilePermissions(folder.resolve("password-" + role));
      assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondStartOnTheSameFolderIsRefused() {
    try (var embedded = EmbeddedDatabase.start(folder)) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
          .isInstanceOf(DatabaseFault.class)
          .hasMessageContaining("another process runs");
      assertThat(word(embedded)).isEqualTo("still here");
    }
  }

  @Test
  void aServerWhoseOwnerWasKilledIsTakenOver() throws Exception {
    var holder = hold();
    holder.destroyForcibly().waitFor();
    assertThat(ServerProcesses.on(folder.resolve("data"))).as("orphans").isNotEmpty();
    try (var embedded = EmbeddedDatabase.start(folder)) {
      assertThat(word(embedded)).isEqualTo("still here");
    }
  }

  @Test
  void afterEverythingWasKilledItRecovers() throws Exception {
    var holder = hold();
    holder.destroyForcibly().waitFor();
    ServerProcesses.on(folder.resolve("data")).forEach(ProcessHandle::destroyForcibly);
    assertThat(folder.resolve("data/postmaster.pid")).exists();
    try (var embedded = EmbeddedDatabase.start(folder)) {
      assertThat(word(embedded)).isEqualTo("still here");
    }
  }

  @Test
  void aPidFileThatNamesAStrangerDoesNotMatter() throws IOException {
    var stale = "%d\n%s\n0\n5432\n\n\n".formatted(ProcessHandle.current().pid(), folder);
    Files.writeString(folder.resolve("data/postmaster.pid"), stale);
    try (var embedded = EmbeddedDatabase.start(folder)) {
      assertThat(word(embedded)).isEqualTo("still here");
    }
  }

  @Test
  void aDatabaseKilledWhileItWasBeingMadeIsMadeAgain() throws IOException {
    var other = parent.resolve("other");
    Files.createDirectories(other.resolve("data"));
    Files.writeString(other.resolve("data/postgresql.conf"), "half");
    try (var embedded = EmbeddedDatabase.start(other);
        var app = Database.open(embedded.app(), 1)) {
      assertThat(shown(app, "fsync")).isEqualTo("on");
    }
    assertThat(other.resolve("unfinished-1/postgresql.conf")).exists();
  }

  private static Process hold() throws IOException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("ready ")) {
      line = out.readLine();
    }
    assertThat(line).as("the other process is ready").isNotNull();
    return process;
  }

  private static String word(EmbeddedDatabase embedded) {
    try (var owner = Database.open(embedded.owner(), 1)) {
      return one(owner, "select word from kept", "word");
    }
  }

  private static String shown(Database database, String setting) {
    return one(database, "select current_setting('" + setting + "') as shown", "shown");
  }

  private static String one(Database database, String sql, String column) {
    return database.inSystemTransaction(tx -> tx.one(sql, row -> row.text(column)).orElseThrow());
  }

  private static void change(Database database, String sql) {
    database.inSystemTransaction(tx -> tx.update(sql));
  }
}
