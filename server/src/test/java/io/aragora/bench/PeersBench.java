package io.aragora.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.json.Json;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What others need for a panel of the same shape, in one run on one machine with ours: three seats
 * that draft, challenge and vote, models that answer at once. And the floor: a web server that says
 * hello, a PostgreSQL that does nothing but commit.
 */
final class PeersBench {
  private static final int RUNS = Scale.runs();
  private static final int DEBATES = Scale.of(100);
  private static final int CALLS = 10;
  private static final int HELLOS = Scale.of(20_000);
  private static final String OURS =
      "POST to closed over HTTP with one client, so one debate after the other; journal, ledger, "
          + "events, signed receipt; fsync on; %d debates of 10 calls a run".formatted(DEBATES);
  private static final String BRIEF =
      """
      {"question": "Should we roll the new billing tool out to all teams this month? Case %d",
       "context": "It is faster and cheaper. It lacks an audit trail and support is slow. \
      The pilot saved nine hours a week. Two of five users reported that exports failed."}
      """;

  private final Figures figures = new Figures("peers");
  private final BenchHome home;

  private PeersBench(BenchHome home) {
    this.home = home;
  }

  /** Takes a Python that has the peers, the folder of their scripts, and pgbench. */
  public static void main(String[] args) throws Exception {
    try (var home = BenchHome.open()) {
      var bench = new PeersBench(home);
      bench.ours();
      bench.peers(args[0], Path.of(args[1]));
      bench.hello();
      bench.pgbench(args[2]);
      bench.figures.print();
    }
  }

  private void ours() throws Exception {
    double[] wall = new double[RUNS];
    double[] cpu = new double[RUNS];
    try (var server = BenchServer.start(home, Map.of())) {
      var clients = new DebateClients(server.port(), BenchServer.key(home), 1);
      clients.run(BRIEF, 2 * DEBATES);
      for (int run = 0; run < RUNS; run++) {
        double before = server.cpuMillis() + ProcessorTime.millisOfPrograms(home.folder());
        wall[run] = 1_000 / clients.run(BRIEF, DEBATES).perSecond() / CALLS;
        double after = server.cpuMillis() + ProcessorTime.millisOfPrograms(home.folder());
        cpu[run] = (after - before) / DEBATES / CALLS;
      }
    }
    add("aragora_appliance", "Aragora Appliance, wall time of a call", wall, OURS);
    add("aragora_appliance_cpu", "Aragora Appliance with PostgreSQL, processor time", cpu, OURS);
  }

  private void peers(String python, Path scripts) throws Exception {
    var told =
        run(
            List.of(
                python,
                scripts.resolve("measure.py").toString(),
                "--runs",
                Integer.toString(RUNS),
                "--debates",
                Integer.toString(DEBATES),
                "--kills",
                Integer.toString(Scale.of(20))));
    for (JsonNode row : Json.tree(told.lines().toList().getLast()).path("rows")) {
      List<Double> values = new ArrayList<>();
      row.path("values").forEach(value -> values.add(value.asDouble()));
      figures.add(
          new Label(
              row.path("id").asText(),
              row.path("what").asText(),
              row.path("unit").asText(),
              row.path("setup").asText()),
          values.stream().mapToDouble(Double::doubleValue).toArray(),
          new Target.None());
    }
  }

  private void hello() throws Exception {
    double[] wall = new double[RUNS];
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routes -> routes.get("/", (request, reply) -> reply.send("hello")))
            .build()
            .start();
    try (var http = new LightHttp(server.port(), "none")) {
      for (int run = -1; run < RUNS; run++) {
        long start = System.nanoTime();
        for (int i = 0; i < HELLOS; i++) {
          http.get("/");
        }
        wall[Math.max(0, run)] = (System.nanoTime() - start) / 1e6 / HELLOS;
      }
    } finally {
      server.stop();
    }
    add("helidon", "limit: bare Helidon says hello, wall time", wall, "one client, one connection");
  }

  private void pgbench(String pgbench) throws Exception {
    String setup = "pgbench -N, scale 1, one client, the PostgreSQL of the bench with fsync on";
    run(database(pgbench, "-i", "-q"));
    double[] wall = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      String told =
          run(database(pgbench, "-N", "-c", "1", "-T", Integer.toString(Scale.of(40) / 4)));
      var tps = java.util.regex.Pattern.compile("tps = ([0-9.]+)").matcher(told);
      if (!tps.find()) {
        throw new IllegalStateException(told);
      }
      wall[run] = 1_000 / Double.parseDouble(tps.group(1));
    }
    add("pgbench", "limit: pgbench transaction of four statements, wall time", wall, setup);
  }

  private List<String> database(String pgbench, String... arguments) {
    var command = new ArrayList<>(List.of(pgbench));
    command.addAll(List.of(arguments));
    return command;
  }

  private void add(String id, String what, double[] values, String setup) {
    figures.add(new Label(id, what, "ms", setup), values, new Target.None());
  }

  /** Runs a program that finds the bench's PostgreSQL in its environment. */
  private String run(List<String> command) throws IOException, InterruptedException {
    var url = java.net.URI.create(home.owner().url().substring("jdbc:".length()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "PGHOST", url.getHost(),
                "PGPORT", Integer.toString(url.getPort()),
                "PGDATABASE", url.getPath().substring(1),
                "PGUSER", home.owner().user(),
                "PGPASSWORD", home.owner().password()));
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed: " + told);
    }
    return told;
  }
}
