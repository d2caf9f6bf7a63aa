package io.aragora.drill.soak;

import io.aragora.access.Access;
import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.EmbeddedDatabase;
import io.aragora.platform.db.Migrations;
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
 * Steady work for minutes or hours on one server of 512 MB. What grew is told and, as far as it is
 * more than chance, demanded not to grow: a line every ten seconds goes to a CSV file.
 */
public final class SoakDrill implements Drill {
  private static final Duration SAMPLE = Duration.ofSeconds(10);
  private static final int COLLECT_EVERY = 6;
  private static final double WARM_UP = 0.2;
  private static final double MOST_HEAP_MB_PER_HOUR = 1;
  private static final double MOST_DESCRIPTORS_PER_HOUR = 1;

  /** Below this length a slope says little: then only what is surely too steep counts. */
  private static final Duration MEASURABLE = Duration.ofMinutes(60);

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String about() {
    return "N minutes of steady work on one server: heap and descriptors may not grow";
  }

  @Override
  public int usualCount() {
    return 10;
  }

  @Override
  public Map<String, String> options() {
    return Map.of("per-minute", "debates opened in a minute, 90 unless told");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    Path folder = Files.createTempDirectory("aragora-soak");
    try (var database = EmbeddedDatabase.start(folder.resolve("postgres"));
        var stub =
            new ModelStub()
                .answering(PanelAnswers.quarrelling())
                .delaying(Duration.ofMillis(50))
                .forgetting();
        var csv = new PrintStream(folder.resolve("soak.csv").toFile(), StandardCharsets.UTF_8)) {
      plan.say("the figures go to " + folder.resolve("soak.csv"));
      Migrations.apply(database.owner(), database.app().user());
      String key = key(database.app());
      Process server = start(database.app(), stub, folder);
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      try {
        int port = port(server, folder);
        var superuser =
            new DatabaseAddress(
                database.owner().url(),
                "postgres",
                Files.readString(folder.resolve("postgres/password-postgres")).strip());
        var day = new Day(port, key, plan.seed());
        return new Run(new Probe(server.pid(), superuser), day, csv)
            .all(server, Duration.ofMinutes(plan.count()), plan.number("per-minute", 90) / 60.0);
      } finally {
        server.destroyForcibly();
        server.waitFor();
      }
    } finally {
      Rig.delete(folder);
    }
  }

  private static int port(Process server, Path folder) throws Exception {
    Path port = folder.resolve("port");
    if (!Until.isTrue(Duration.ofMinutes(1), () -> !server.isAlive() || Files.exists(port))
        || !server.isAlive()) {
      throw new IllegalStateException(
          "the server does not start: " + Files.readString(folder.resolve("server.log")));
    }
    return Integer.parseInt(Files.readString(port).strip());
  }

  private static String key(DatabaseAddress app) {
    try (var database = Database.open(app, 2)) {
      return new Access(database, UUID::randomUUID, InstantSource.system())
          .bootstrap("SoakDrill")
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
                Map.entry("ARAGORA_CALLER_RATE", "0"),
                Map.entry("ARAGORA_STRANGER_RATE", "0"),
                Map.entry("ARAGORA_MONTHLY_CAP", "1000000000"),
                Map.entry("TEST_DATABASE", app.url() + " " + app.user() + " " + app.password())));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  /** One soak under way. */
  private static final class Run {
    private final Probe probe;
    private final Day day;
    private final PrintStream csv;
    private final Trend heap = new Trend();
    private final Trend descriptors = new Trend();
    private final Trend resident = new Trend();
    private final long start = System.nanoTime();
    private long opened;

    private Run(Probe probe, Day day, PrintStream csv) {
      this.probe = probe;
      this.day = day;
      this.csv = csv;
    }

    private DrillReport all(Process server, Duration length, double perSecond) throws Exception {
      csv.println(
          "seconds,heap_after_gc_kb,rss_kb,descriptors,threads,connections,database_kb,"
              + "opened,closed,requests,faults");
      long samples = 0;
      try (var visits = Executors.newVirtualThreadPerTaskExecutor()) {
        while (seconds() < length.toSeconds() && server.isAlive()) {
          if (seconds() >= samples * SAMPLE.toSeconds()) {
            sample(samples++, seconds() >= length.toSeconds() * WARM_UP);
          }
          if (opened < seconds() * perSecond) {
            long number = opened++;
            visits.submit(() -> day.visit(number));
          }
          Until.passed(Duration.ofMillis(20));
        }
      }
      boolean alive = server.isAlive();
      if (alive) {
        sample(0, true);
      }
      return report(alive, length);
    }

    private void sample(long number, boolean counts) throws Exception {
      double hours = seconds() / 3600.0;
      String used = "";
      if (number % COLLECT_EVERY == 0) {
        long after = probe.heapAfterCollection();
        used = Long.toString(after);
        if (counts) {
          heap.add(hours, after / 1024.0);
        }
      }
      long open = probe.descriptors();
      long kilobytes = probe.residentKilobytes();
      if (counts) {
        descriptors.add(hours, open);
        resident.add(hours, kilobytes / 1024.0);
      }
      csv.printf(
          Locale.ROOT,
          "%.0f,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d%n",
          seconds(),
          used,
          kilobytes,
          open,
          probe.threads(),
          probe.connections(),
          probe.databaseKilobytes(),
          opened,
          day.closed(),
          day.requests(),
          day.faults());
      csv.flush();
    }

    private DrillReport report(boolean alive, Duration length) throws Exception {
      var report = new DrillReport().figure("minutes", Math.round(seconds() / 60));
      report.demand(alive, "alive", "the server died");
      report.figure("opened", opened).figure("closed", day.closed());
      report.figure("requests", day.requests()).figure("faults", day.faults());
      grown(report, "heap_mb_per_hour", heap, MOST_HEAP_MB_PER_HOUR, length);
      grown(report, "descriptors_per_hour", descriptors, MOST_DESCRIPTORS_PER_HOUR, length);
      report.figure("rss_mb_per_hour", rounded(resident.slope()));
      zero(report, "open", "select count(*) from debate where state <> 'closed'");
      zero(report, "jobs", "select count(*) from scheduled_tasks where task_name = 'debate'");
      zero(
          report,
          "ledger_off",
          """
          select coalesce((select sum(charged) from ledger_entry), 0)
               - coalesce((select sum(spent) from reservation), 0)
          """);
      zero(report, "still_held", "select coalesce(sum(held), 0) from budget");
      day.told().forEach(System.err::println);
      return report
          .demand(day.faults() == 0, "faults", "see the lines above")
          .demand(day.closed() == opened, "end", "not every debate was seen to its end");
    }

    private void zero(DrillReport report, String name, String sql) throws Exception {
      long found = probe.number(sql);
      report.figure(name, found).demand(found == 0, name, "it is " + found + ", not 0");
    }

    /** Two standard errors: one soak in forty would fail by chance alone if it were one. */
    private static void grown(
        DrillReport report, String name, Trend trend, double most, Duration length) {
      boolean isLong = length.compareTo(MEASURABLE) >= 0;
      double sure = isLong ? trend.slope() : trend.slope() - 2 * trend.error();
      report
          .figure(name, rounded(trend.slope()))
          .figure(name + "_error", rounded(trend.error()))
          .demand(sure < most, name, "grows by %.2f, more than %.0f".formatted(sure, most));
    }

    private static double rounded(double value) {
      return Math.round(value * 1000) / 1000.0;
    }

    private double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
