package io.aragora.drill.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.DrillNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One server in a process of its own, started as operators do: {@code serve}. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final String LOG = "node.log";
  private static final Pattern JOB_NAME = Pattern.compile("name=(node-[0-9a-f-]{36})");

  private final String name;
  private final Path dataDir;
  private final long logBefore;
  private final Process process;
  private volatile JsonNode note = Json.object();

  private NodeProcess(String name, Path dataDir, long logBefore, Process process) {
    this.name = name;
    this.logBefore = logBefore;
    this.dataDir = dataDir;
    this.process = process;
  }

  /** Starts it; {@link #awaitReady} waits until it answers. */
  static NodeProcess launch(
      String name, Path dataDir, Map<String, String> environment, NodeOptions options)
      throws IOException {
    List<String> command = new ArrayList<>(options.wrapper());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-D" + DrillNode.CLOCK_OFFSET + "=" + options.clockOffset()));
    command.addAll(options.jvmFlags());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), DrillNode.class.getName(), "serve"));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(each -> each.startsWith("ARAGORA_"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Path log = dataDir.resolve(LOG);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long before = Files.exists(log) ? Files.readString(log).length() : 0;
    return new NodeProcess(name, dataDir, before, builder.start());
  }

  /** Waits until it has said where it listens. */
  public NodeProcess awaitReady() {
    if (!Until.isTrue(START, () -> !process.isAlive() || readNote()) || !process.isAlive()) {
      throw new IllegalStateException(
          "node %s does not start; the end of its log:%n%s".formatted(name, logEnd()));
    }
    return this;
  }

  public String name() {
    return name;
  }

  public Path dataDir() {
    return dataDir;
  }

  public long pid() {
    return process.pid();
  }

  /** Where its API answers; known when it is ready. */
  public URI url() {
    return URI.create(note.path("url").asText());
  }

  /** Where its health and metrics answer. */
  public URI management() {
    return URI.create(note.path("management").asText());
  }

  /** Whether it says that work may be sent to it. */
  public boolean isReady() {
    try {
      return new Door(management(), "").status("/health/ready") == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as a power cut does: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(20));
  }

  /** Asks it to end, as an orchestrator does: SIGTERM. Returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Freezes it, as a stalled virtual machine: SIGSTOP. */
  public void pause() {
    Signals.send("STOP", process.pid());
  }

  /** Lets it go on: SIGCONT. */
  public void resume() {
    Signals.send("CONT", process.pid());
  }

  /** Its exit code, once it has ended within that time. */
  public int ended(Duration longest) {
    try {
      if (process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("node %s did not end within %s".formatted(name, longest));
  }

  /** The name it took among the owners of jobs; its log tells. */
  public String nameAmongJobs() {
    var names = JOB_NAME.matcher(log().substring((int) logBefore));
    if (!names.find()) {
      throw new IllegalStateException("node %s does not say its name: %s".formatted(name, log()));
    }
    return names.group(1);
  }

  /** All it said; a node that was started on the folder of another goes on with its log. */
  public String log() {
    try {
      return Files.readString(dataDir.resolve(LOG));
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private String logEnd() {
    String all = log();
    return all.substring(Math.max(0, all.length() - 4_000));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(20));
  }

  /** The note of a node that was killed before is still there, under another process id. */
  private boolean readNote() {
    try {
      JsonNode read = Json.tree(Files.readAllBytes(dataDir.resolve("server.json")));
      if (read.path("pid").asLong() == process.pid()) {
        note = read;
        return true;
      }
      return false;
    } catch (IOException | JsonFault notYet) {
      return false;
    }
  }
}
