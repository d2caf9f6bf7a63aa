package io.aragora.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.platform.db.Database;
import io.aragora.testing.ChildAppliance;
import io.aragora.testing.ModelStub;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets that can be recognised go through a server in a process of its own; afterwards nothing it
 * wrote or kept holds them. The appliance's own provider key is the one a server has to keep.
 */
final class CanaryTest {
  private static final String BRIEF = "{\"question\": \"Which way?\", \"max_rounds\": 0}";

  /** What came in bodies: not even an open connection may keep it. */
  private static final List<String> IN_BODIES =
      List.of(
          "provider key",
          "second password",
          "third password",
          "setup token",
          "invite token",
          "reset token",
          "recovery code");

  private final Random random = new SecureRandom();
  private final String applianceKey = "sk-canary-" + hex(24);
  private final Map<String, String> canaries = new LinkedHashMap<>();
  private final ModelStub stub = new ModelStub().answering(PanelAnswers.agreeing());
  private final TestDatabase database = TestDatabase.own();
  private final Path folder = TestAppliance.newFolder();
  private ChildAppliance server;

  @BeforeEach
  void start() throws IOException {
    // As talkative as the web server and its libraries can be made.
    Path logging =
        Files.writeString(
            folder.resolve("logging.properties"),
            """
            handlers=java.util.logging.ConsoleHandler
            .level=FINE
            java.util.logging.ConsoleHandler.level=ALL
            sun.level=INFO
            """);
    Path kept = Files.writeString(folder.resolve("openai-key"), applianceKey + "\n");
    server =
        ChildAppliance.start(
            database,
            folder,
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Djava.util.logging.config.file=" + logging,
                "ARAGORA_OPENAI_URL",
                stub.baseUrl().toString(),
                "ARAGORA_OPENAI_KEY_FILE",
                kept.toString(),
                "ARAGORA_OPENAI_MODELS",
                "stub-1",
                "ARAGORA_OPENAI_INPUT_PRICE",
                "0",
                "ARAGORA_OPENAI_OUTPUT_PRICE",
                "0",
                "ARAGORA_EGRESS_ALLOW",
                stub.origin().toString()));
  }

  @AfterEach
  void stop() {
    server.close();
    stub.close();
    database.database().close();
  }

  @Test
  void noSecretIsLeftInTablesLogsEnvironmentOrMemory() throws Exception {
    String key = newKey();
    canaries.put("provider key", "sk-canary-" + hex(24));
    for (String each : List.of("first password", "second password", "third password")) {
      canaries.put(each, "Canary!" + hex(12));
    }
    canaries.put("API key", key);
    useThem(key);

    TableDump dump = TableDump.of(database);
    Map<String, Object> found = new HashMap<>();
    canaries.forEach(
        (name, secret) -> {
          found.put(name + " in tables", dump.tablesWith(secret));
          found.put(name + " in logs", holds(folder.resolve("child.log"), secret));
          found.put(name + " in environment", holds(environment(), secret));
        });
    Path heap = heap();
    // The buffers of a connection hold its last request, until the server has seen it close.
    for (int more = 0; more < 2 && isAnyIn(heap); more++) {
      Files.delete(heap);
      heap = heap();
    }
    for (var each : canaries.entrySet()) {
      found.put(each.getKey() + " in memory", HeapFile.count(heap, each.getValue()));
    }
    byte[] seed = CanaryPeople.bytes(canary("second factor"));
    found.put("seed of the second factor in memory", HeapFile.count(heap, seed));
    // Shows that the search finds what is there: a server keeps its settings.
    assertThat(HeapFile.count(heap, stub.baseUrl().toString())).isPositive();
    assertThat(HeapFile.count(heap, applianceKey)).isPositive();
    Files.delete(heap);
    assertThat(dump.tablesWith(applianceKey)).isEmpty();
    assertThat(holds(folder.resolve("child.log"), applianceKey)).isFalse();
    assertThat(holds(environment(), applianceKey)).isFalse();

    System.out.println("canaries: " + new java.util.TreeMap<>(found));
    assertThat(found)
        .allSatisfy((where, hits) -> assertThat(hits).as(where).isIn(List.of(), 0L, false));
    assertThat(Files.size(folder.resolve("child.log"))).isPositive();
  }

  @Test
  void aSecretThatIsKeptIsFound() throws Exception {
    String kept = "canary" + hex(24);
    try (var superuser = Database.open(database.superuser(), 1)) {
      superuser.inSystemTransaction(tx -> tx.update("create table leak (words bytea)"));
      superuser.inSystemTransaction(
          tx -> tx.update("insert into leak values (?)", (Object) kept.getBytes(UTF_8)));
    }
    Path file = Files.write(folder.resolve("dump"), ("x".repeat(70_000) + kept).getBytes(UTF_8));
    assertThat(TableDump.of(database).tablesWith(kept)).containsExactly("leak");
    assertThat(HeapFile.count(file, kept)).isEqualTo(1);
    assertThat(holds(file, kept)).isTrue();
  }

  /** A debate paid with the provider key, and all that people do with their secrets. */
  private void useThem(String key) throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String body = "{\"key\": \"" + canaries.get("provider key") + "\"}";
      assertThat(send(client, "PUT", "/api/v1/providers/openai/key", body, key)).isEqualTo(200);
      assertThat(send(client, "POST", "/api/v1/debates", BRIEF, key)).isEqualTo(200);
      assertThat(stub.authorizations())
          .isNotEmpty()
          .containsOnly("Bearer " + canaries.get("provider key"));
      new CanaryPeople(client, server.port(), canaries)
          .live(
              database,
              canary("first password"),
              canary("second password"),
              canary("third password"));
      String signIn =
          "{\"email\": \"a@b.example\", \"password\": \"%s\"}".formatted(canary("first password"));
      for (String path : List.of("/api/v1/sessions", "/api/v1/sign-in", "/api/v1/me/erase")) {
        assertThat(send(client, "POST", path, signIn, key)).isBetween(400, 499);
      }
      lookIntoOpenConnections();
    }
  }

  private void lookIntoOpenConnections() throws IOException, InterruptedException {
    Path heap = heap();
    for (String each : IN_BODIES) {
      assertThat(HeapFile.count(heap, canary(each))).as(each + ", while connected").isZero();
    }
    Files.delete(heap);
  }

  private int send(HttpClient client, String verb, String path, String body, String key)
      throws Exception {
    return client
        .send(
            request(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60")
                .method(verb, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(90));
  }

  private boolean isAnyIn(Path heap) {
    return canaries.values().stream().anyMatch(secret -> HeapFile.count(heap, secret) > 0);
  }

  private String canary(String name) {
    return java.util.Objects.requireNonNull(canaries.get(name), name);
  }

  private String newKey() {
    var access = new Access(database.database(), UUID::randomUUID, InstantSource.system());
    return access
        .createKey(
            database.newWorkspace(),
            new ActorId(UUID.randomUUID()),
            "canary",
            EnumSet.allOf(Permission.class),
            Duration.ofDays(1))
        .secret();
  }

  /** Everything reachable in the server, after a full collection. */
  private Path heap() throws IOException, InterruptedException {
    Path file = folder.resolve("server.hprof");
    Process dumping =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                "GC.heap_dump",
                file.toString())
            .redirectOutput(folder.resolve("jcmd.log").toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(dumping.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(file).as(Files.readString(folder.resolve("jcmd.log"))).exists();
    return file;
  }

  private Path environment() {
    return Path.of("/proc", Long.toString(server.pid()), "environ");
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).contains(secret);
    } catch (IOException bad) {
      throw new java.io.UncheckedIOException(bad);
    }
  }

  private String hex(int bytes) {
    byte[] all = new byte[bytes];
    random.nextBytes(all);
    return HexFormat.of().formatHex(all);
  }
}
