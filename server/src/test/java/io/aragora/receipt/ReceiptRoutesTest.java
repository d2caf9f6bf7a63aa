package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Permission;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.json.Json;
import io.aragora.testing.RoutesServer;
import io.aragora.testing.TestDatabase;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptRoutesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(SampleKeys.ISSUED);

  @TempDir Path data;
  private TestDatabase test;
  private TransparencyLog log;
  private RoutesServer server;
  private WorkspaceId workspace;
  private String key;
  private Issued issued;

  @BeforeEach
  void open() {
    test = TestDatabase.own();
    workspace = test.newWorkspace();
    var random = new SecureRandom();
    KeyRing keys = KeyRing.open(data.resolve("keys"), CLOCK, random);
    var settings = LogSettings.in(data, "test.example/log");
    log = new TransparencyLog(test.database(), keys, settings, CLOCK, random);
    log.open();
    var identity = new Receipts.Identity("Test Appliance", UUID::randomUUID, CLOCK, random);
    var receipts = new Receipts(test.database(), keys, log, identity);
    Decision decision = Vectors.threeToOne().decision(new DebateId(UUID.randomUUID()));
    issued =
        test.database().inTransaction(workspace, tx -> receipts.issue(tx, workspace, decision));
    server = new RoutesServer(test, new ReceiptRoutes(receipts));
    key = server.key(workspace, EnumSet.of(Permission.READ_RECEIPT));
  }

  @AfterEach
  void close() {
    server.close();
    log.close();
    test.database().close();
  }

  @Test
  void theListShowsTheReceipt() {
    HttpResponse<String> list = get("", key);
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(Json.tree(list.body()).at("/items/0/id").asText()).isEqualTo(issued.id().toString());
  }

  @Test
  void theBundleServedVerifiesWhenSentBack() {
    log.publish();
    String bundle = get("/" + issued.id(), key).body();
    var answer =
        server.send(
            server
                .to("/api/v1/receipts/verify", key)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString(bundle)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.tree(answer.body()).path("conclusion").asText()).isEqualTo("VALID");
  }

  @Test
  void formatAndAcceptBothChooseTheExport() {
    assertThat(get("/" + issued.id() + "/export?format=md", key).body())
        .startsWith("# Decision receipt");
    var odr =
        server.send(
            server
                .to("/api/v1/receipts/" + issued.id() + "/export", key)
                .header("Accept", "application/vnd.open-decision-receipt+json"));
    assertThat(Json.tree(odr.body()).path("odr_version").asText()).isEqualTo("0.2");
  }

  @Test
  void anUnknownFormatIsNeverReplacedByAnother() {
    HttpResponse<String> no = get("/" + issued.id() + "/export?format=pdf", key);
    assertThat(no.statusCode()).isEqualTo(406);
    assertThat(no.body()).contains("not_acceptable", "json", "jws", "odr", "md");
  }

  @Test
  void aReceiptOfAnotherWorkspaceIsNotThere() {
    String stranger = server.key(test.newWorkspace(), EnumSet.of(Permission.READ_RECEIPT));
    assertThat(get("/" + issued.id(), stranger).statusCode()).isEqualTo(404);
    assertThat(get("/" + issued.id() + "/export?format=json", stranger).statusCode())
        .isEqualTo(404);
    assertThat(get("", stranger).body()).doesNotContain(issued.id().toString());
  }

  @Test
  void withoutThePermissionNothingIsShown() {
    String weak = server.key(workspace, Set.of());
    assertThat(get("", weak).statusCode()).isEqualTo(403);
    assertThat(get("/" + issued.id(), weak).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> get(String path, String secret) {
    return server.send(server.to("/api/v1/receipts" + path, secret));
  }
}
