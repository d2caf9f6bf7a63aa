package io.aragora.testing;

import io.aragora.Appliance;
import io.aragora.access.Access;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.http.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The whole server on a database of its own and free ports, with a key that may do everything. */
public final class TestAppliance implements AutoCloseable {
  private final TestDatabase database;
  private final Path dataDir;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final NewKey key;
  private Appliance appliance;

  private TestAppliance(Map<String, String> environment, InstantSource clock) {
    this.database = TestDatabase.own();
    this.dataDir = newFolder();
    this.environment = environment;
    this.clock = clock;
    this.appliance = Appliance.start(settings(), clock);
    this.key = appliance.bootstrap("Test").key().orElseThrow();
  }

  /** With the rehearsal panel only. */
  public static TestAppliance start() {
    return start(Map.of());
  }

  /** With more settings, by the names of the environment. */
  public static TestAppliance start(Map<String, String> environment) {
    return new TestAppliance(environment, InstantSource.system());
  }

  /** Stops and starts on the same data, as after an update. */
  public void restart() {
    appliance.close();
    appliance = Appliance.start(settings(), clock);
  }

  public TestClient client() {
    return new TestClient(appliance.port(), key.secret());
  }

  public TestClient anonymous() {
    return new TestClient(appliance.port(), "");
  }

  /** A client in a new workspace of its own, with a key that may do this much. */
  public TestClient clientOf(Set<Permission> permissions) {
    var access = new Access(database.database(), UUID::randomUUID, clock);
    NewKey other =
        access.createKey(
            database.newWorkspace(),
            new ActorId(UUID.randomUUID()),
            "other",
            permissions,
            Duration.ofDays(1));
    return new TestClient(appliance.port(), other.secret());
  }

  /** Everything this server can be asked. */
  public List<Operation> operations() {
    return appliance.operations();
  }

  public NewKey key() {
    return key;
  }

  public TestDatabase database() {
    return database;
  }

  public Path dataDir() {
    return dataDir;
  }

  public int managementPort() {
    return appliance.managementPort();
  }

  @Override
  public void close() {
    appliance.close();
    database.database().close();
  }

  private Settings settings() {
    var all = new LinkedHashMap<String, String>();
    all.put("ARAGORA_HTTP_PORT", "0");
    all.put("ARAGORA_MANAGEMENT_PORT", "0");
    all.put("ARAGORA_DATA_DIR", dataDir.toString());
    all.put("ARAGORA_LOG_LEVEL", "warn");
    all.putAll(environment);
    return Settings.read(all).on(database.app(), database.owner());
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("aragora-test");
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
