package io.aragora.drill.soak;

import io.aragora.access.Access;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.EmbeddedDatabase;
import io.aragora.platform.db.Migrations;
import io.aragora.platform.json.Json;
import io.aragora.testing.ChildAppliance;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * Steady work for minutes or hours on one server of 512 MB: prints a line every ten seconds and at
 * the end one JSON object that says what grew. {@code Soak MINUTES CSV FOLDER [PER_SECOND]}
 */
public final class Soak {
  private static final Duration SAMPLE = Duration.ofSeconds(10);
  private static final int COLLECT_EVERY = 6;
  private static final double WARM_UP = 0.2;

  private final Probe probe;
  private final Day day;
  private final PrintStream csv;
  private final Trend heap = new Trend();
  private final Trend descriptors = new Trend();
  private final Trend resident = new Trend();
  private final Trend threads = new Trend();
  private final long start = System.nanoTime();

  private Soak(Probe probe, Day day, PrintStream csv) {
    this.probe = probe;
    this.day = day;
    this.csv = csv;
  }

  public static void main(String[] args) throws Exception {
    Duration length = Duration.ofMinutes(Long.parseLong(args[0]));
    Path folder = Path.of(args[2]);
    double perSecond = args.length > 3 ? Double.parseDouble(args[3]) : 2;
    try (var database = EmbeddedDatabase.start(folder.resolve("postgres"));
        var stub =
            new ModelStub()
                .answering(PanelAnswers.quarrelling())
                .delaying(Duration.ofMillis(50))
                .forgetting();
        var csv = new PrintStream(args[1], StandardCharsets.UTF_8)) {
      Migrations.apply(database.owner(), database.app().user());
      String key = key(database.app());
      Process server = start(database.app(), stub, folder);
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      try {
        Path port = folder.resolve("port");
        while (server.isAlive() && !Files.exists(port)) {
          Thread.sleep(100);
        }
        var day = new Day(Integer.parseInt(Files.readString(port).strip()), key, 1);
        var superuser =
            new DatabaseAddress(
                database.owner().url(),
                "postgres",
                Files.readString(folder.resolve("postgres/password-postgres")).strip());
        new Soak(new Probe(server.pid(), superuser), day, csv)
            .run(server, length, perSecond, folder);
      } finally {
        server.destroyForcibly();
        server.waitFor();
      }
    }
  }

  private static String key(DatabaseAddress app) {
    try (var database = Database.open(app, 2)) {
      return new Access(database, UUID::randomUUID, InstantSource.system())
          .bootstrap("Soak")
          .key()
          .orElseThrow()
          .secret();
    }
  }

  private static Process start(DatabaseAddress app, ModelStub stub, Path folder)
      throws IOException {
    Path quiet = folder.resolve("logging.properties");
    Files.writeString(quiet, "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+HeapDumpOnOutOfMemoryError",
                "-XX:HeapDumpPath=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.config.file=" + quiet,
                "-Xlog:gc:file=" + folder.resolve("gc.log"),
                "-cp",
                System.getProperty("java.class.path"),
                ChildAppliance.class.getName(),
                folder.resolve("port").toString()));
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("ARAGORA_DATA_DIR", folder.resolve("data").toString()),
                Map.entry("ARAGORA_HTTP_PORT", "0"),
                Map.entry("ARAGORA_MANAGEMENT_PORT", "0"),
                Map.entry("ARAGORA_LOG_LEVEL", "warn"),
                Map.entry("ARAGORA_OPENAI_URL", stub.baseUrl().toString()),
                Map.entry("ARAGORA_OPENAI_MODELS", "stub-1"),
                Map.entry("ARAGORA_OPENAI_INPUT_PRICE", "1000"),
                Map.entry("ARAGORA_OPENAI_OUTPUT_PRICE", "1000"),
                Map.entry("ARAGORA_EGRESS_ALLOW", stub.origin().toString()),
                Map.entry("ARAGORA_REHEARSAL", "off"),
                Map.entry("ARAGORA_MONTHLY_CAP", "1000000000"),
                Map.entry("TEST_DATABASE", app.url() + " " + app.user() + " " + app.password())));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private void run(Process server, Duration length, double perSecond, Path folder)
      throws Exception {
    csv.println(
        "seconds,heap_after_gc_kb,rss_kb,descriptors,threads,connections,database_kb,"
            + "opened,closed,requests,faults");
    long opened = 0;
    long samples = 0;
    String halfway = "";
    try (var visits = Executors.newVirtualThreadPerTaskExecutor()) {
      while (seconds() < length.toSeconds() && server.isAlive()) {
        if (seconds() >= samples * SAMPLE.toSeconds()) {
          sample(samples++, opened, seconds() >= length.toSeconds() * WARM_UP);
          if (halfway.isEmpty() && seconds() >= length.toSeconds() * WARM_UP) {
            halfway = probe.histogram();
            Files.writeString(folder.resolve("histogram-warm.txt"), halfway);
          }
        }
        if (opened < seconds() * perSecond) {
          long number = opened++;
          visits.submit(() -> day.visit(number));
        }
        Thread.sleep(20);
      }
    }
    sample(0, opened, server.isAlive());
    Files.writeString(folder.resolve("histogram-end.txt"), probe.histogram());
    System.out.println(Json.text(report(opened, server.isAlive())));
    day.told().forEach(System.err::println);
  }

  private void sample(long number, long opened, boolean counts) throws Exception {
    boolean collect = number % COLLECT_EVERY == 0;
    String used = "";
    double hours = seconds() / 3600.0;
    if (collect) {
      long after = probe.heapAfterCollection();
      used = Long.toString(after);
      if (counts) {
        heap.add(hours, after / 1024.0);
      }
    }
    long open = probe.descriptors();
    long kilobytes = probe.residentKilobytes();
    long running = probe.threads();
    if (counts) {
      descriptors.add(hours, open);
      resident.add(hours, kilobytes / 1024.0);
      threads.add(hours, running);
    }
    csv.printf(
        Locale.ROOT,
        "%.0f,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d%n",
        seconds(),
        used,
        kilobytes,
        open,
        running,
        probe.connections(),
        probe.databaseKilobytes(),
        opened,
        day.closed(),
        day.requests(),
        day.faults());
    csv.flush();
  }

  private Object report(long opened, boolean alive) throws Exception {
    var report = Json.object();
    report.put("drill", "soak").put("minutes", Math.round(seconds() / 60)).put("alive", alive);
    report.put("opened", opened).put("closed", day.closed());
    report.put("requests", day.requests()).put("faults", day.faults());
    trend(report, "heap_mb_per_hour", heap);
    trend(report, "rss_mb_per_hour", resident);
    trend(report, "descriptors_per_hour", descriptors);
    trend(report, "threads_per_hour", threads);
    report.put("debates", probe.number("select count(*) from debate"));
    report.put("open", probe.number("select count(*) from debate where state <> 'closed'"));
    report.put("receipts", probe.number("select count(*) from receipt"));
    report.put("leaves", probe.number("select count(*) from log_leaf"));
    report.put("jobs", probe.number("select count(*) from scheduled_tasks"));
    report.put(
        "ledger_off",
        probe.number(
            """
            select coalesce((select sum(charged) from ledger_entry), 0)
                 - coalesce((select sum(spent) from reservation), 0)
            """));
    report.put("still_held", probe.number("select coalesce(sum(held), 0) from budget"));
    return report;
  }

  private static void trend(
      com.fasterxml.jackson.databind.node.ObjectNode report, String name, Trend trend) {
    report.put(name, Math.round(trend.slope() * 1000) / 1000.0);
    report.put(name + "_error", Math.round(trend.error() * 1000) / 1000.0);
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
