package io.aragora.testing;

import io.aragora.Appliance;
import io.aragora.platform.config.Settings;
import io.aragora.platform.db.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server in a process of its own, so that a test can kill it as a power cut would. */
public final class ChildAppliance implements AutoCloseable {
  private final Process process;
  private final int port;

  private ChildAppliance(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server on this database and waits until it listens. */
  public static ChildAppliance start(
      TestDatabase database, Path dataDir, Map<String, String> environment) throws IOException {
    Path portFile = Files.createTempFile("aragora", ".port");
    Files.delete(portFile);
    DatabaseAddress app = database.app();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ChildAppliance.class.getName(),
            portFile.toString());
    builder.environment().put("ARAGORA_DATA_DIR", dataDir.toString());
    builder.environment().put("ARAGORA_HTTP_PORT", "0");
    builder.environment().put("ARAGORA_MANAGEMENT_PORT", "0");
    builder.environment().put("TEST_DATABASE", app.url() + " " + app.user() + " " + app.password());
    builder.environment().putAll(TestAppliance.NO_RATES);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Path log = dataDir.resolve("child.log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    return new ChildAppliance(process, port(process, portFile, log));
  }

  public TestClient client(String secret) {
    return new TestClient(port, secret);
  }

  /** To look into the process from outside. */
  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  /** Ends the process at once, as kill -9 does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the child does not die");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static int port(Process process, Path file, Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return Integer.parseInt(Files.readString(file).strip());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    process.destroyForcibly();
    throw new IllegalStateException("the child did not start: " + Files.readString(log));
  }

  /** The child's own main. */
  public static void main(String[] args) throws IOException {
    Map<String, String> environment = new java.util.HashMap<>(Settings.environment());
    List<String> address =
        List.of(
            java.util.Objects.requireNonNull(environment.remove("TEST_DATABASE")).split(" ", -1));
    var app = new DatabaseAddress(address.get(0), address.get(1), address.get(2));
    var appliance =
        Appliance.start(Settings.read(environment).on(app, app), InstantSource.system());
    Path file = Path.of(args[0]);
    Path whole =
        Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "" + appliance.port());
    Files.move(whole, file);
    LockSupport.park();
  }
}
