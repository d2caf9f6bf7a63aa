package io.aragora.drill.soak;

import io.aragora.platform.db.DatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a running server from outside: heap, memory, descriptors, threads, its database. */
final class Probe {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final long pid;
  private final DatabaseAddress database;

  Probe(long pid, DatabaseAddress database) {
    this.pid = pid;
    this.database = database;
  }

  /** Kilobytes of the heap that are in use after a full collection. */
  long heapAfterCollection() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("jcmd tells no heap");
    }
    return Long.parseLong(used.group(1));
  }

  /** What most of the heap is made of. */
  String histogram() throws IOException, InterruptedException {
    return jcmd("GC.class_histogram");
  }

  long residentKilobytes() throws IOException {
    return status("VmRSS");
  }

  long threads() throws IOException {
    return status("Threads");
  }

  long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  long connections() throws SQLException {
    return number("select count(*) from pg_stat_activity where datname = current_database()");
  }

  long databaseKilobytes() throws SQLException {
    return number("select pg_database_size(current_database()) / 1024");
  }

  long number(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + command + ": " + told);
    }
    return told;
  }
}
