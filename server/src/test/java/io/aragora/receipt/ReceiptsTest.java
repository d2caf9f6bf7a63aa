package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Verification.Conclusion;
import io.aragora.testing.TestDatabase;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(SampleKeys.ISSUED);

  @TempDir Path data;
  private TestDatabase test;
  private TransparencyLog log;
  private Receipts receipts;
  private WorkspaceId workspace;

  @BeforeEach
  void open() {
    test = TestDatabase.own();
    workspace = test.newWorkspace();
    KeyRing keys = KeyRing.open(data.resolve("keys"), CLOCK, new SecureRandom());
    log =
        new TransparencyLog(
            test.database(),
            keys,
            LogSettings.in(data, "test.example/log"),
            CLOCK,
            new SecureRandom());
    log.open();
    var identity =
        new Receipts.Identity("Test Appliance", UUID::randomUUID, CLOCK, new SecureRandom());
    receipts = new Receipts(test.database(), keys, log, identity);
  }

  @AfterEach
  void close() {
    log.close();
    test.database().close();
  }

  @Test
  void aFreshReceiptIsValidButNotYetInTheLog() {
    Issued issued = issue();
    assertThat(conclusion(issued)).isEqualTo(Conclusion.NOT_IN_LOG);
  }

  @Test
  void aReceiptUnderACheckpointIsValidInEveryPart() {
    Issued issued = issue();
    log.publish();
    assertThat(receipts.verify(bundle(issued)).text()).doesNotContain("FAILED", "SKIPPED");
    assertThat(conclusion(issued)).isEqualTo(Conclusion.VALID);
  }

  @Test
  void eachReceiptNamesThePayloadOfTheOneBefore() {
    Issued first = issue();
    Issued second = issue();
    assertThat(statement(first).at("/predicate/receipt/prev").isNull()).isTrue();
    assertThat(statement(second).at("/predicate/receipt/prev").asText())
        .isEqualTo(first.payloadSha256());
  }

  @Test
  void theChainHasNoForkWhenManyIssueAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Issued>> work =
          IntStream.range(0, 20).<Callable<Issued>>mapToObj(each -> this::issue).toList();
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    List<String> previous = new ArrayList<>();
    for (ReceiptSummary each : receipts.list(workspace, 200, Optional.empty()).items()) {
      previous.add(statement(each.id()).at("/predicate/receipt/prev").asText());
    }
    assertThat(previous).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aDebateHasOneReceipt() {
    var debate = new DebateId(UUID.randomUUID());
    Issued issued = issue(workspace, debate);
    assertThatThrownBy(() -> issue(workspace, debate))
        .isInstanceOfSatisfying(
            DatabaseFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(DatabaseFault.Kind.DUPLICATE));
    assertThat(receipts.ofDebate(workspace, debate)).contains(issued.id());
  }

  @Test
  void aTransactionThatFailsLeavesNoReceiptAndNoGap() {
    assertThatThrownBy(
            () ->
                test.database()
                    .doInTransaction(
                        workspace,
                        tx -> {
                          receipts.issue(tx, workspace, decision());
                          throw new IllegalStateException("after the receipt");
                        }))
        .hasMessage("after the receipt");
    assertThat(receipts.list(workspace, 10, Optional.empty()).items()).isEmpty();
    assertThat(statement(issue()).at("/predicate/receipt/prev").isNull()).isTrue();
  }

  @Test
  void theListIsPagedNewestFirstAndShowsTheQuestion() {
    List<ReceiptId> ids = new ArrayList<>();
    for (int each = 0; each < 5; each++) {
      ids.addFirst(issue().id());
    }
    Page<ReceiptSummary> first = receipts.list(workspace, 3, Optional.empty());
    Page<ReceiptSummary> rest =
        receipts.list(workspace, 3, Optional.ofNullable(first.nextCursor()));
    assertThat(first.items()).extracting(ReceiptSummary::id).isEqualTo(ids.subList(0, 3));
    assertThat(rest.items()).extracting(ReceiptSummary::id).isEqualTo(ids.subList(3, 5));
    assertThat(rest.nextCursor()).isNull();
    assertThat(first.items())
        .allSatisfy(
            item -> {
              assertThat(item.question()).isEqualTo("Ship it on Friday?");
              assertThat(item.verdictLabel()).isEqualTo("Say yes");
            });
  }

  @Test
  void anotherWorkspaceSeesNothing() {
    Issued issued = issue();
    WorkspaceId other = test.newWorkspace();
    assertThat(receipts.list(other, 10, Optional.empty()).items()).isEmpty();
    for (ReceiptFormat format : ReceiptFormat.values()) {
      assertThatThrownBy(() -> receipts.export(other, issued.id(), format))
          .isInstanceOfSatisfying(
              Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
    assertThatThrownBy(() -> receipts.read(other, issued.id())).isInstanceOf(Refusal.class);
  }

  @Test
  void theAppRoleCanNeitherChangeNorRemoveAReceipt() {
    Issued issued = issue();
    for (String change : List.of("update receipt set outcome = 'DECIDED'", "delete from receipt")) {
      assertThatThrownBy(() -> test.database().doInTransaction(workspace, tx -> tx.update(change)))
          .isInstanceOf(DatabaseFault.class)
          .hasMessageContaining("permission denied");
    }
    assertThat(conclusion(issued)).isEqualTo(Conclusion.NOT_IN_LOG);
  }

  @Test
  void theSameReceiptGivesTheSameBytesInEveryFormat() {
    Issued issued = issue();
    for (ReceiptFormat format : ReceiptFormat.values()) {
      byte[] file = receipts.export(workspace, issued.id(), format);
      assertThat(file).isNotEmpty().isEqualTo(receipts.export(workspace, issued.id(), format));
    }
  }

  @Test
  void envelopeAndTwinVerifyOnTheirOwn() {
    Issued issued = issue();
    for (ReceiptFormat format : List.of(ReceiptFormat.JSON, ReceiptFormat.JWS)) {
      byte[] file = receipts.export(workspace, issued.id(), format);
      assertThat(receipts.verify(file).conclusion()).isEqualTo(Conclusion.NOT_IN_LOG);
    }
  }

  @Test
  void aDecisionThatDoesNotFollowFromItsVotesIsNeverSigned() {
    Decision good = decision();
    Decision bad =
        new Decision(
            good.debate(),
            good.question(),
            good.options(),
            good.terms(),
            good.panel(),
            good.votes().subList(1, good.votes().size()),
            good.ending(),
            good.dissents(),
            good.synthesis(),
            good.evidence(),
            good.spending(),
            good.oversight(),
            good.transcript(),
            good.build(),
            good.isRehearsal());
    assertThatThrownBy(
            () ->
                test.database().inTransaction(workspace, tx -> receipts.issue(tx, workspace, bad)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a receipt that would not verify is not signed");
  }

  private Issued issue() {
    return issue(workspace, new DebateId(UUID.randomUUID()));
  }

  private Issued issue(WorkspaceId where, DebateId debate) {
    Decision decision = sample().decision(debate);
    return test.database().inTransaction(where, tx -> receipts.issue(tx, where, decision));
  }

  private static Decision decision() {
    return sample().decision();
  }

  private static SampleDebate sample() {
    return SampleDebate.with("yes", "no").seat("yes").seat("yes").seat("no");
  }

  private Conclusion conclusion(Issued issued) {
    return receipts.verify(bundle(issued)).conclusion();
  }

  private byte[] bundle(Issued issued) {
    return Json.bytes(receipts.read(workspace, issued.id()));
  }

  private JsonNode statement(Issued issued) {
    return statement(issued.id());
  }

  private JsonNode statement(ReceiptId id) {
    return receipts.read(workspace, id).statement();
  }
}
