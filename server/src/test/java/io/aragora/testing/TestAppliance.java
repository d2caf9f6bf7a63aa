package io.aragora.testing;

import io.aragora.Appliance;
import io.aragora.access.Access;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.http.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole server on a database of its own and free ports, with a key that may do everything. */
public final class TestAppliance implements AutoCloseable {
  /** Tests, drills and benches ask more often than a person does. */
  public static final Map<String, String> NO_RATES =
      Map.of("ARAGORA_CALLER_RATE", "0", "ARAGORA_STRANGER_RATE", "0");

  /** How a server is started. */
  @FunctionalInterface
  public interface Starter {
    Appliance start(Settings settings, InstantSource clock);
  }

  private final TestDatabase database;
  private final Path dataDir;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final UnaryOperator<DatabaseAddress> line;
  private final Starter starter;
  private final boolean isFirst;
  private final NewKey key;
  private Appliance appliance;

  private TestAppliance(
      TestDatabase database,
      UnaryOperator<DatabaseAddress> line,
      Path dataDir,
      Map<String, String> environment,
      InstantSource clock,
      Starter starter,
      @Nullable NewKey key) {
    this.database = database;
    this.line = line;
    this.dataDir = dataDir;
    this.environment = environment;
    this.clock = clock;
    this.starter = starter;
    this.isFirst = key == null;
    this.appliance = starter.start(settings(), clock);
    this.key = key == null ? appliance.bootstrap("Test").key().orElseThrow() : key;
  }

  /** With the rehearsal panel only. */
  public static TestAppliance start() {
    return start(Map.of());
  }

  /** With more settings, by the names of the environment. */
  public static TestAppliance start(Map<String, String> environment) {
    return start(environment, InstantSource.system());
  }

  /** Reaches its database through a line of the test's own. */
  public static TestAppliance through(
      UnaryOperator<DatabaseAddress> line, Map<String, String> environment) {
    return new TestAppliance(
        TestDatabase.own(),
        line,
        newFolder(),
        environment,
        InstantSource.system(),
        Appliance::start,
        null);
  }

  /** Started in another way than usual. */
  public static TestAppliance startedBy(Starter starter, Map<String, String> environment) {
    return new TestAppliance(
        TestDatabase.own(),
        UnaryOperator.identity(),
        newFolder(),
        environment,
        InstantSource.system(),
        starter,
        null);
  }

  /** By a clock of the test's own. */
  public static TestAppliance start(Map<String, String> environment, InstantSource clock) {
    return new TestAppliance(
        TestDatabase.own(),
        UnaryOperator.identity(),
        newFolder(),
        environment,
        clock,
        Appliance::start,
        null);
  }

  /** A second node on the same database, with a copy of this one's keys; close it first. */
  public TestAppliance another() {
    return another(withKeysOf(dataDir), Map.of(), clock);
  }

  /** As {@link #another()}, but not as it should be. */
  public TestAppliance another(Path folder, Map<String, String> more, InstantSource time) {
    var all = new LinkedHashMap<>(environment);
    all.putAll(more);
    return new TestAppliance(database, line, folder, all, time, starter, key);
  }

  /** Stops and starts on the same data, as after an update. */
  public void restart() {
    restart(() -> {});
  }

  /** As {@link #restart()}, with something done while nothing runs. */
  public void restart(Runnable between) {
    appliance.close();
    between.run();
    appliance = starter.start(settings(), clock);
  }

  public TestClient client() {
    return new TestClient(appliance.port(), key.secret());
  }

  /** The same client with a key nobody has used yet, in the same workspace. */
  public TestClient newcomer(TestClient like) {
    var access = new Access(database.database(), UUID::randomUUID, clock);
    NewKey fresh =
        access.createKey(
            key.workspace(),
            key.actor(),
            "newcomer",
            EnumSet.allOf(Permission.class),
            Duration.ofDays(1));
    return like.with(fresh.secret());
  }

  /** A client with a key of the test's own. */
  public TestClient client(NewKey other) {
    return new TestClient(appliance.port(), other.secret());
  }

  public TestClient anonymous() {
    return new TestClient(appliance.port(), "");
  }

  /** A client in a new workspace of its own, with a key that may do this much. */
  public TestClient clientOf(Set<Permission> permissions) {
    return clientIn(database.newWorkspace(), permissions);
  }

  /** A client with a new key of this workspace. */
  public TestClient clientIn(WorkspaceId workspace, Set<Permission> permissions) {
    return new TestClient(appliance.port(), keyIn(workspace, permissions));
  }

  /** The secret of a new key of this workspace. */
  public String keyIn(WorkspaceId workspace, Set<Permission> permissions) {
    var access = new Access(database.database(), UUID::randomUUID, clock);
    NewKey other =
        access.createKey(
            workspace, new ActorId(UUID.randomUUID()), "other", permissions, Duration.ofDays(1));
    return other.secret();
  }

  /** A client in a new workspace of its own, that may do everything there. */
  public TestClient settler(TestClient like) {
    var access = new Access(database.database(), UUID::randomUUID, clock);
    NewKey other =
        access.createKey(
            database.newWorkspace(),
            new ActorId(UUID.randomUUID()),
            "settler",
            EnumSet.allOf(Permission.class),
            Duration.ofDays(1));
    return like.with(other.secret());
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

  public int port() {
    return appliance.port();
  }

  public int managementPort() {
    return appliance.managementPort();
  }

  @Override
  public void close() {
    appliance.close();
    if (isFirst) {
      database.database().close();
    }
  }

  /** A new data folder with a copy of the keys of another. */
  public static Path withKeysOf(Path dataDir) {
    try {
      Path folder = newFolder();
      Path keys =
          Files.createDirectory(
              folder.resolve("keys"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (Stream<Path> files = Files.list(dataDir.resolve("keys"))) {
        for (Path each : files.toList()) {
          Files.copy(each, keys.resolve(each.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return folder;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  private Settings settings() {
    var all = new LinkedHashMap<String, String>();
    all.put("ARAGORA_HTTP_PORT", "0");
    all.put("ARAGORA_MANAGEMENT_PORT", "0");
    all.put("ARAGORA_DATA_DIR", dataDir.toString());
    all.put("ARAGORA_LOG_LEVEL", "warn");
    all.put("ARAGORA_DRAIN_NOTICE_SECONDS", "0");
    all.putAll(NO_RATES);
    all.putAll(environment);
    return Settings.read(all).on(line.apply(database.app()), database.owner());
  }

  /** An empty data folder. */
  public static Path newFolder() {
    try {
      return Files.createTempDirectory("aragora-test");
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
