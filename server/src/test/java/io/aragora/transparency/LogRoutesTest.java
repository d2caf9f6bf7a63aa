package io.aragora.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.http.server.HttpOptions;
import io.aragora.platform.http.server.HttpParts;
import io.aragora.platform.http.server.HttpServer;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.HashSource;
import io.aragora.platform.merkle.Merkle;
import io.aragora.platform.merkle.TreeReader;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.aragora.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything here is asked over a socket and without credentials. */
final class LogRoutesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));
  private static final int LEAVES = 300;

  @TempDir static Path data;
  private static TestDatabase test;
  private static KeyRing keys;
  private static HttpServer server;
  private static HttpClient client;

  @BeforeAll
  static void serveALogOfThreeHundredLeaves() {
    test = TestDatabase.own();
    keys = KeyRing.open(data.resolve("keys"), CLOCK, new SecureRandom());
    var settings = LogSettings.in(data, "log.example");
    var log = new TransparencyLog(test.database(), keys, settings, CLOCK, new SecureRandom());
    log.open();
    var workspace = test.newWorkspace();
    test.database()
        .doInTransaction(
            workspace,
            tx -> {
              for (int n = 0; n < LEAVES; n++) {
                log.append(tx, workspace, new ReceiptId(UUID.randomUUID()), Sha256.ofText("" + n));
              }
            });
    log.publish();
    var parts =
        new HttpParts(
            new Access(test.database(), UUID::randomUUID, CLOCK).security(List.of()),
            test.database(),
            new Health(List.of(), List.of()),
            Meters.create(),
            UUID::randomUUID,
            CLOCK,
            "0.1.0");
    server = HttpServer.start(HttpOptions.loopback(), List.of(new LogRoutes(log, keys)), parts);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    server.close();
    client.close();
    test.database().close();
  }

  @Test
  void theCheckpointIsASignedNote() {
    var reply = get("/log/checkpoint");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(header(reply, "Content-Type")).startsWith("text/plain");
    assertThat(header(reply, "Cache-Control")).isEqualTo("public, max-age=1");
    assertThat(Checkpoint.open(reply.body(), checkpointKeys()).size()).isEqualTo(LEAVES);
  }

  @Test
  void theServedEntriesHashToTheServedTilesAndThoseToTheSignedRoot() {
    var signed = Checkpoint.open(get("/log/checkpoint").body(), checkpointKeys());
    byte[] full = get("/log/tile/0/000").body();
    byte[] part = get("/log/tile/0/001.p/44").body();
    byte[] above = get("/log/tile/1/000.p/1").body();
    HashSource served =
        (level, from, count) ->
            TileBytes.hashes(level == 1 ? above : from == 0 ? full : part).subList(0, count);
    assertThat(new TreeReader(served, LEAVES).root(LEAVES)).isEqualTo(signed.root());
    assertThat(TileBytes.entries(get("/log/tile/entries/001.p/44").body()))
        .extracting(Merkle::leaf)
        .isEqualTo(TileBytes.hashes(part));
  }

  @Test
  void fullTilesMayBeKeptForEver() {
    assertThat(header(get("/log/tile/0/000"), "Cache-Control")).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/log/tile/0/001",
        "/log/tile/0/001.p/45",
        "/log/tile/0/000.p/256",
        "/log/tile/0/0",
        "/log/tile/00/000",
        "/log/tile/7/000",
        "/log/tile/leaves/000",
        "/log/tile/0/x001/x001/000",
        "/log/tile/entries/002",
      })
  void whatIsNotInThePublishedTreeIsNotFound(String path) {
    var reply = get(path);
    assertThat(reply.statusCode()).isEqualTo(404);
    assertThat(header(reply, "Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void theKeysAreServedInThreeForms() {
    VerifyKey active = keys.receiptSigner().key();
    assertThat(text("/.well-known/jwks.json")).contains(active.keyId());
    assertThat(PublicKeys.read(get("/.well-known/decision-keys.json").body()))
        .isEqualTo(keys.publicKeys());
    assertThat(VerifyKey.ofPem(text("/.well-known/aragora-odr-signing-key"))).isEqualTo(active);
  }

  private static List<VerifyKey> checkpointKeys() {
    return keys.publicKeys().keys(KeyPurpose.CHECKPOINT);
  }

  private static String text(String path) {
    var reply = get(path);
    assertThat(reply.statusCode()).isEqualTo(200);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  private static HttpResponse<byte[]> get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (java.io.IOException bad) {
      throw new java.io.UncheckedIOException(bad);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
