package io.aragora.drill.rig;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.db.Database;
import io.aragora.platform.secret.SecretBox;
import io.aragora.testing.TestAppliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a drill stands on: a PostgreSQL of its own, a model server, signing keys that all nodes
 * share, and a key to the first workspace. Everything is stopped and deleted when it closes.
 */
public final class Rig implements AutoCloseable {
  private final Path home;
  private final DrillPostgres postgres;
  private final Panel panel;
  private final Database database;
  private final KeyRing keys;
  private final NewKey key;
  private final List<NodeProcess> started = new CopyOnWriteArrayList<>();
  private final Thread abandoned = new Thread(this::abandon, "drill-abandoned");

  private Rig(Path home, DrillPostgres postgres, Panel panel) {
    this.home = home;
    this.postgres = postgres;
    this.panel = panel;
    this.database = Database.open(postgres.superuser(), 4);
    this.keys = KeyRing.open(home.resolve("keys"), InstantSource.system(), new SecureRandom());
    // Made before the nodes are, so that each starts with a copy of it.
    SecretBox unused =
        SecretBox.open(database, home.resolve("keys"), InstantSource.system(), new SecureRandom());
    this.key = access().bootstrap("Drill").key().orElseThrow();
    Runtime.getRuntime().addShutdownHook(abandoned);
  }

  public static Rig open(long seed) throws IOException {
    Path home = Files.createTempDirectory("aragora-drill");
    try {
      return new Rig(home, DrillPostgres.create(home.resolve("postgres")), new Panel(seed));
    } catch (IOException | RuntimeException failed) {
      delete(home);
      throw failed;
    }
  }

  public Path home() {
    return home;
  }

  public DrillPostgres postgres() {
    return postgres;
  }

  public Panel panel() {
    return panel;
  }

  /** As the superuser, who sees every row. */
  public Database database() {
    return database;
  }

  public KeyRing keys() {
    return keys;
  }

  /** May do everything in the workspace the traffic runs in. */
  public NewKey key() {
    return key;
  }

  /** A key to another, empty workspace. */
  public NewKey strangersKey() {
    var stranger = new io.aragora.kernel.WorkspaceId(java.util.UUID.randomUUID());
    database.doInTransaction(
        stranger,
        tx ->
            tx.update(
                """
                insert into workspace (workspace_id, name, created_at)
                values (?, 'Stranger', now())
                """,
                stranger.value()));
    return access()
        .createKey(
            stranger,
            new ActorId(java.util.UUID.randomUUID()),
            "stranger",
            EnumSet.allOf(Permission.class),
            Duration.ofDays(1));
  }

  /** Starts a node and returns before it answers. */
  public NodeProcess launch(String name, NodeOptions options) throws IOException {
    Path folder = options.dataDir().orElse(home.resolve(name));
    Files.createDirectories(folder);
    shareKeys(folder.resolve("keys"));
    NodeProcess node =
        NodeProcess.launch(name, folder, environment(folder, options.environment()), options);
    started.add(node);
    return node;
  }

  /** Starts a node and waits until it answers. */
  public NodeProcess start(String name, NodeOptions options) throws IOException {
    return launch(name, options).awaitReady();
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(abandoned);
    started.forEach(NodeProcess::close);
    panel.close();
    database.close();
    postgres.close();
    delete(home);
  }

  /** Somebody ended the drill: nothing it started may go on, and nothing may stay on the disk. */
  private void abandon() {
    started.forEach(NodeProcess::close);
    postgres.kill();
    try {
      delete(home);
    } catch (IOException left) {
      System.err.println(home + " could not be deleted: " + left.getMessage());
    }
  }

  private Access access() {
    return new Access(
        database, Generators.timeBasedEpochGenerator()::generate, InstantSource.system());
  }

  private Map<String, String> environment(Path folder, Map<String, String> more)
      throws IOException {
    Path password = home.resolve("app-password");
    if (!Files.exists(password)) {
      Files.writeString(password, postgres.app().password());
    }
    String price = Long.toString(Panel.MICRO_PER_MTOK);
    var all = new HashMap<String, String>();
    all.put("ARAGORA_HTTP_PORT", "0");
    all.put("ARAGORA_MANAGEMENT_PORT", "0");
    all.put("ARAGORA_DATA_DIR", folder.toString());
    all.put("ARAGORA_DATABASE_URL", postgres.app().url());
    all.put("ARAGORA_DATABASE_USER", postgres.app().user());
    all.put("ARAGORA_DATABASE_PASSWORD_FILE", password.toString());
    all.put("ARAGORA_OPENAI_URL", panel.origin() + "/v1");
    all.put("ARAGORA_OPENAI_MODELS", "stub-1");
    all.put("ARAGORA_OPENAI_INPUT_PRICE", price);
    all.put("ARAGORA_OPENAI_OUTPUT_PRICE", price);
    all.put("ARAGORA_EGRESS_ALLOW", panel.origin().toString());
    all.put("ARAGORA_REHEARSAL", "off");
    all.put("ARAGORA_MONTHLY_CAP", "1000000000");
    all.put("ARAGORA_DEBATES_AT_ONCE", "60");
    all.put("ARAGORA_LOG_LEVEL", "info");
    all.putAll(TestAppliance.NO_RATES);
    all.putAll(more);
    return all;
  }

  private void shareKeys(Path folder) throws IOException {
    if (Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(home.resolve("keys"))) {
      for (Path each : files.toList()) {
        Files.copy(
            each,
            folder.resolve(home.resolve("keys").relativize(each).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Unless {@code -Ddrill.keep=true} asks to keep it. */
  public static void delete(Path folder) throws IOException {
    if (Boolean.getBoolean("drill.keep")) {
      System.err.println("kept: " + folder);
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
