package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The built jar from the start of its process to ready, on a database that runs and is migrated.
 */
public final class StartBench {
  private static final int RUNS = 5;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long IDLE_MILLIS = 5_000;
  private static final String SETUP =
      "java -Xms128m -Xmx512m -jar aragora.jar serve, the flags of ops/aragora, no AOT cache; "
          + "PostgreSQL runs and is migrated";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path jar;
  private final BenchHome home;
  private final Path passwordFile;

  private StartBench(Path jar, BenchHome home) throws IOException {
    this.jar = jar;
    this.home = home;
    this.passwordFile =
        Files.writeString(home.folder().resolve("app-password"), home.app().password());
  }

  /** Takes the path of the jar. */
  public static void main(String[] args) throws Exception {
    double[] ready = new double[RUNS];
    double[] memory = new double[RUNS];
    try (var home = BenchHome.open()) {
      var bench = new StartBench(Path.of(args[0]), home);
      for (int run = 0; run < RUNS; run++) {
        bench.measure(run, ready, memory);
      }
    }
    var figures = new Figures("start");
    figures.add(
        new Label("start_ready", "process start to /health/ready 200", "s", SETUP),
        ready,
        new Target.AtMost(2));
    figures.add(
        new Label("idle_memory", "resident memory of the server after 5 s idle", "MB", SETUP),
        memory,
        new Target.AtMost(350));
    figures.print();
  }

  private void measure(int run, double[] ready, double[] memory) throws Exception {
    int management = freePort();
    long start = System.nanoTime();
    Process server = launch(management);
    try {
      awaitReady(server, management, start);
      ready[run] = (System.nanoTime() - start) / 1e9;
      Thread.sleep(IDLE_MILLIS);
      memory[run] = residentMegabytes(server.pid());
    } finally {
      server.destroy();
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  private Process launch(int management) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString(),
                "serve"));
    builder
        .environment()
        .putAll(
            Map.of(
                "ARAGORA_HTTP_PORT", "0",
                "ARAGORA_MANAGEMENT_PORT", Integer.toString(management),
                "ARAGORA_DATA_DIR", home.folder().toString(),
                "ARAGORA_DATABASE_URL", home.app().url(),
                "ARAGORA_DATABASE_USER", home.app().user(),
                "ARAGORA_DATABASE_PASSWORD_FILE", passwordFile.toString()));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(home.folder().resolve("server.log").toFile())
        .start();
  }

  private void awaitReady(Process server, int management, long start) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
            .build();
    while (System.nanoTime() - start < LONGEST_NANOS && server.isAlive()) {
      try {
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // Nobody listens yet: that is what is being timed.
      }
      Thread.sleep(5);
    }
    throw new IllegalStateException(Files.readString(home.folder().resolve("server.log")));
  }

  private static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
