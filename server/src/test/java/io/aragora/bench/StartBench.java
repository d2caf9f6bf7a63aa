package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built jar from the start of its process to ready, on a database that runs and is migrated: as
 * it is, and with the cache of loaded classes that an earlier run left (JEP 514).
 */
public final class StartBench {
  private static final int RUNS = Scale.runs();
  private static final long IDLE_MILLIS = 5_000;
  private static final String SETUP =
      "java -Xms128m -Xmx512m -jar aragora.jar serve, the flags of ops/aragora, %s; PostgreSQL runs "
          + "and is migrated";
  private static final String BRIEF = "{\"question\": \"Should we renew the backup service?\"}";

  private final Figures figures = new Figures("start");
  private final BenchHome home;
  private final Path jar;

  private StartBench(BenchHome home, Path jar) {
    this.home = home;
    this.jar = jar;
  }

  /** Takes the path of the jar. */
  public static void main(String[] args) throws Exception {
    try (var home = BenchHome.open()) {
      var bench = new StartBench(home, Path.of(args[0]));
      bench.measure("", "no AOT cache", List.of(), new Target.None());
      Path cache = bench.record();
      String how = "AOT cache of an earlier run (%d MB)".formatted(Files.size(cache) >> 20);
      bench.measure("_aot", how, List.of("-XX:AOTCache=" + cache), new Target.AtMost(2));
      bench.figures.print();
    }
  }

  private void measure(String name, String how, List<String> flags, Target target)
      throws Exception {
    double[] ready = new double[RUNS];
    double[] memory = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      try (var server = start(flags)) {
        ready[run] = server.readySeconds();
        Thread.sleep(IDLE_MILLIS);
        memory[run] = server.residentMegabytes();
      }
    }
    String setup = SETUP.formatted(how);
    figures.add(
        new Label("start_ready" + name, "process start to /health/ready 200, " + how, "s", setup),
        ready,
        target);
    figures.add(
        new Label("idle_memory" + name, "resident memory after 5 s idle, " + how, "MB", setup),
        memory,
        new Target.AtMost(350));
  }

  /** A run with one debate, as the first run of the quickstart; the cache is written at its end. */
  private Path record() throws Exception {
    Path cache = home.folder().resolve("aragora.aot");
    try (var server = start(List.of("-XX:AOTCacheOutput=" + cache));
        var http = new LightHttp(server.port(), BenchServer.key(home))) {
      var debate = Json.tree(http.post("/api/v1/debates", BRIEF, "Prefer: wait=60\r\n").body());
      if (!debate.hasNonNull("receipt_id")) {
        throw new IllegalStateException("no receipt: " + debate);
      }
    }
    return cache;
  }

  private BenchServer start(List<String> flags) throws Exception {
    List<String> program = new java.util.ArrayList<>(flags);
    program.addAll(List.of("-jar", jar.toString()));
    return BenchServer.start(home, Map.of(), program);
  }
}
