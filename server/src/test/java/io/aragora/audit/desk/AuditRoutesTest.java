package io.aragora.audit.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.audit.AuditFixture;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.InclusionProof;
import io.aragora.platform.merkle.Merkle;
import io.aragora.testing.RoutesServer;
import io.aragora.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log as those see it who may read it. */
final class AuditRoutesTest {
  private static final String ENTRIES = "/api/v1/audit/entries";

  private static TestDatabase test;

  @TempDir private Path data;
  private AuditFixture on;
  private RoutesServer server;
  private String auditor;

  @BeforeAll
  static void makeDatabase() {
    test = TestDatabase.own();
  }

  @AfterAll
  static void dropDatabase() {
    test.database().close();
  }

  @BeforeEach
  void start() {
    on = new AuditFixture(test, data);
    server = new RoutesServer(test, new AuditRoutes(new AuditDesk(test.database(), on.tree)));
    auditor = server.key(on.workspace, Role.AUDITOR.permissions());
    on.tree.publish();
  }

  @AfterEach
  void stop() {
    server.close();
    on.close();
  }

  @Test
  void pagesGoThroughAllEntriesOnceNewestFirst() {
    on.append(25);
    on.tree.publish();
    var seen = new ArrayList<Long>();
    String next = "";
    do {
      JsonNode page = json(ENTRIES + "?limit=10&action=debates.create" + next);
      page.path("items").forEach(each -> seen.add(each.path("index").asLong()));
      next = "&cursor=" + page.path("next_cursor").asText();
    } while (!next.equals("&cursor="));
    assertThat(seen).hasSize(25).isSortedAccordingTo((one, other) -> Long.compare(other, one));
  }

  @ParameterizedTest
  @CsvSource({
    "action=budget.set,1",
    "action=budget,0",
    "actor=00000000-0000-0000-0000-00000000000b,1",
    "target_kind=budget,1",
    "target_id=b-1,1",
    "outcome=refused,1",
    "since=2026-11-23T10:00:00Z&outcome=refused,1",
    "since=2099-01-01T00:00:00Z,0",
    "until=2026-11-23T00:00:00Z,0",
    "text=ROUNDING,1",
    "text=192.0.2.7&action=budget.set,1",
    "text=%25,0",
  })
  void findsWhatIsAskedFor(String query, int found) {
    on.append(3);
    on.append(AuditNote.of("budget.set", "budget", "b-1").with("why", "rounding"));
    on.append(
        on.workspace,
        AuditFixture.BEN,
        AuditNote.of("members.invite", "member", "m-1").ended(AuditNote.Outcome.REFUSED));
    assertThat(json(ENTRIES + "?" + query).path("items").size()).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "actor=me",
        "outcome=maybe",
        "since=yesterday",
        "until=2026",
        "cursor=zzz",
        "limit=0",
        "nonsense=1",
        "action=%00"
      })
  void refusesAQueryItCannotMean(String query) {
    HttpResponse<String> answer = server.send(server.to(ENTRIES + "?" + query, auditor));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void refusesTextThatIsTooLong() {
    HttpResponse<String> answer =
        server.send(server.to(ENTRIES + "?text=" + "x".repeat(201), auditor));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  /** With nothing but the answer, the published keys and SHA-256. */
  @Test
  void anEntryCanBeCheckedByWhoeverHoldsItsAnswer() {
    on.append(20);
    on.append(AuditNote.of("budget.set", "budget", "b-1").with("why", "rounding"));
    on.append(20);
    on.tree.publish();
    JsonNode listed = json(ENTRIES + "?action=budget.set").path("items").path(0);
    JsonNode detail = json(ENTRIES + "/" + listed.path("id").asText());

    String body = detail.path("body").asText();
    Sha256 leaf = Merkle.leaf(body.getBytes(StandardCharsets.UTF_8));
    JsonNode proof = detail.path("proof");
    var signed =
        Checkpoint.open(
            proof.path("checkpoint").asText().getBytes(StandardCharsets.UTF_8), on.tree.trusted());
    var path = new ArrayList<Sha256>();
    proof.path("path").forEach(each -> path.add(Sha256.ofHex(each.asText())));
    assertThat(leaf.hex()).isEqualTo(proof.path("leaf_sha256").asText());
    assertThat(
            new InclusionProof(proof.path("index").asLong(), proof.path("size").asLong(), path)
                .verifies(leaf, signed.root()))
        .isTrue();
    byte[] salt = HexFormat.of().parseHex(detail.path("salt").asText());
    byte[] words = "detail:{\"why\":\"rounding\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.tree(body).path("detail").asText()).isEqualTo(Sha256.of(salt, words).hex());
  }

  @Test
  void anEntryOfAnotherWorkspaceIsNotThere() {
    WorkspaceId other = test.newWorkspace();
    on.append(other, AuditFixture.ANNA, AuditNote.of("budget.set", "budget", "theirs"));
    on.tree.publish();
    String theirs = server.key(other, Role.AUDITOR.permissions());
    String id =
        tree(server.send(server.to(ENTRIES + "?action=budget.set", theirs)))
            .path("items")
            .path(0)
            .path("id")
            .asText();
    assertThat(server.send(server.to(ENTRIES + "/" + id, auditor)).statusCode()).isEqualTo(404);
    assertThat(json(ENTRIES + "?target_id=theirs").path("items")).isEmpty();
    assertThat(text("/api/v1/audit/export")).doesNotContain("theirs");
  }

  @Test
  void exportsLinesOfJson() {
    on.append(1_200);
    List<String> lines = text("/api/v1/audit/export?action=debates.create").lines().toList();
    assertThat(lines).hasSize(1_200);
    assertThat(Json.tree(lines.getLast()).path("detail").path("n").asText()).isEqualTo("0");
  }

  @Test
  void aSpreadsheetTakesNoCellOfTheTableForAFormula() {
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n")) {
      on.append(AuditNote.of("a.b", "thing", start + "cmd|' /C calc'!A0"));
    }
    on.append(AuditNote.of("a.b", "thing", "plain, with \"quotes\""));
    String table = text("/api/v1/audit/export?format=csv&action=a.b");
    assertThat(table).startsWith("id,index,at,action,");
    assertThat(table).contains(",\"plain, with \"\"quotes\"\"\",");
    assertThat(table).contains(",'=cmd|' /C calc'!A0,").contains(",'@cmd|").contains(",'-cmd|");
    assertThat(table).doesNotContainPattern("[,\"\n][=+\\-@\t]cmd");
  }

  @Test
  void aFileOfAnotherFormIsRefused() {
    assertThat(server.send(server.to("/api/v1/audit/export?format=xls", auditor)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void verifyingAWholeLogSaysSo() {
    on.append(5);
    JsonNode verdict = json("/api/v1/audit/verify");
    assertThat(verdict.path("ok").asBoolean()).isTrue();
    assertThat(verdict.path("checked").asLong()).isGreaterThanOrEqualTo(5);
    assertThat(verdict.has("first_broken")).isFalse();
  }

  @Test
  void verifyingNamesTheFirstBrokenEntry() {
    on.append(5);
    on.tree.publish();
    String third = json(ENTRIES).path("items").path(2).path("id").asText();
    on.asSuperuser("update audit_entry set action = 'other' where entry_id = '" + third + "'");
    JsonNode verdict = json("/api/v1/audit/verify");
    assertThat(verdict.path("ok").asBoolean()).isFalse();
    assertThat(verdict.path("first_broken").path("entry_id").asText()).isEqualTo(third);
  }

  @Test
  void whatIsWrongInAnotherWorkspaceIsFoundThere() {
    WorkspaceId other = test.newWorkspace();
    on.append(2);
    on.append(other, AuditFixture.ANNA, AuditNote.of("budget.set", "budget", "theirs"));
    on.tree.publish();
    on.asSuperuser("update audit_entry set target_id = 'changed' where target_id = 'theirs'");
    String theirs = server.key(other, Role.AUDITOR.permissions());
    assertThat(json("/api/v1/audit/verify").path("ok").asBoolean()).isTrue();
    assertThat(tree(server.send(server.to("/api/v1/audit/verify", theirs))).path("ok").asBoolean())
        .isFalse();
  }

  @Test
  void theCheckpointIsASignedNoteToKeep() {
    on.append(3);
    on.tree.publish();
    String note = text("/api/v1/audit/checkpoint");
    assertThat(Checkpoint.open(note.getBytes(StandardCharsets.UTF_8), on.tree.trusted()).origin())
        .endsWith("/audit");
  }

  @ParameterizedTest
  @CsvSource({
    "OWNER,200",
    "ADMIN,200",
    "AUDITOR,200",
    "MEMBER,403",
    "VIEWER,403",
  })
  void onlySomeRolesReadIt(Role role, int status) {
    String key = server.key(on.workspace, role.permissions());
    for (String path :
        List.of(
            ENTRIES, "/api/v1/audit/export", "/api/v1/audit/verify", "/api/v1/audit/checkpoint")) {
      assertThat(server.send(server.to(path, key)).statusCode()).as(path).isEqualTo(status);
    }
  }

  @Test
  void whoeverMayReadMayNotThereforeTakeItAway() {
    String reader = server.key(on.workspace, Set.of(Permission.READ_AUDIT));
    assertThat(server.send(server.to("/api/v1/audit/export", reader)).statusCode()).isEqualTo(403);
  }

  private JsonNode json(String path) {
    return Json.tree(text(path));
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return Json.tree(answer.body());
  }

  private String text(String path) {
    HttpResponse<String> answer = server.send(server.to(path, auditor));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
