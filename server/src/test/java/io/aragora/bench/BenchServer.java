package io.aragora.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.platform.db.Database;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server in a process of its own, with the flags of ops/aragora and a heap of 512 MB. */
final class BenchServer implements AutoCloseable {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

  private final Process process;
  private final int port;
  private final double readySeconds;

  private BenchServer(Process process, int port, double readySeconds) {
    this.process = process;
    this.port = port;
    this.readySeconds = readySeconds;
  }

  /** Runs the classes under test. */
  static BenchServer start(BenchHome home, Map<String, String> settings) throws Exception {
    return start(
        home,
        settings,
        List.of("-cp", System.getProperty("java.class.path"), "io.aragora.Aragora"));
  }

  /** Runs what these arguments of {@code java} name. */
  static BenchServer start(BenchHome home, Map<String, String> settings, List<String> program)
      throws Exception {
    int port = freePort();
    int management = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA.resolve("java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(program);
    command.add("serve");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment(home, port, management));
    builder.environment().putAll(settings);
    Path log = home.folder().resolve("server.log");
    long start = System.nanoTime();
    Process process = builder.redirectOutput(log.toFile()).start();
    try {
      awaitReady(process, management, start, log);
    } catch (Exception bad) {
      process.destroyForcibly();
      throw bad;
    }
    return new BenchServer(process, port, (System.nanoTime() - start) / 1e9);
  }

  int port() {
    return port;
  }

  double readySeconds() {
    return readySeconds;
  }

  /** A key with every right, of a workspace made for it. */
  static String key(BenchHome home) {
    var ids = Generators.timeBasedEpochGenerator();
    try (var database = Database.open(home.app(), 1)) {
      var access = new Access(database, ids::generate, InstantSource.system());
      return access.bootstrap("Bench").key().orElseThrow().secret();
    }
  }

  double cpuMillis() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  double residentMegabytes() throws IOException {
    return status("VmRSS") / 1024;
  }

  /** Threads of the operating system. */
  double threads() throws IOException {
    return status("Threads");
  }

  /** What is live on the heap: a full collection first. */
  double liveHeapMegabytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    String told = jcmd("GC.heap_info");
    var used = java.util.regex.Pattern.compile("used (\\d+)K").matcher(told);
    if (!used.find()) {
      throw new IllegalStateException("jcmd told no heap: " + told);
    }
    return Long.parseLong(used.group(1)) / 1024.0;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    // A server that records writes its cache when it ends.
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> environment(BenchHome home, int port, int management)
      throws IOException {
    Path password = Files.writeString(home.folder().resolve("app-password"), home.app().password());
    return Map.of(
        "ARAGORA_HTTP_PORT", Integer.toString(port),
        "ARAGORA_MANAGEMENT_PORT", Integer.toString(management),
        "ARAGORA_DATA_DIR", home.folder().toString(),
        "ARAGORA_LOG_LEVEL", "warn",
        "ARAGORA_CALLER_RATE", "0",
        "ARAGORA_STRANGER_RATE", "0",
        "ARAGORA_DATABASE_URL", home.app().url(),
        "ARAGORA_DATABASE_USER", home.app().user(),
        "ARAGORA_DATABASE_PASSWORD_FILE", password.toString());
  }

  private static void awaitReady(Process server, int management, long start, Path log)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      while (System.nanoTime() - start < LONGEST_NANOS && server.isAlive()) {
        try {
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // Nobody listens yet: that is what is being waited for.
        }
        Thread.sleep(5);
      }
    }
    throw new IllegalStateException("the server did not start: " + Files.readString(log));
  }

  private double status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    var asking =
        new ProcessBuilder(JAVA.resolve("jcmd").toString(), Long.toString(process.pid()), what)
            .redirectErrorStream(true)
            .start();
    String told = new String(asking.getInputStream().readAllBytes(), UTF_8);
    if (asking.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + what + " failed: " + told);
    }
    return told;
  }
}
