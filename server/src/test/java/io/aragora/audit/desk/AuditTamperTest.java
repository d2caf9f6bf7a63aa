package io.aragora.audit.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.audit.AuditFixture;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A superuser edits, deletes, reorders and inserts rows of the audit log as they like: every time
 * verifying finds it, and names the first broken entry, or the few entries it must be among.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditTamperTest {
  private static final int ROUNDS = 1_000;
  private static final int ENTRIES = 300;

  private AuditFixture on;
  private WorkspaceId other;
  private Database superuser;
  private List<UUID> placed;
  private int afterForgetting;

  @BeforeAll
  void fill(@TempDir Path data) {
    on = new AuditFixture(TestDatabase.own(), data);
    other = on.test.newWorkspace();
    var random = new Random(7);
    while (on.count("select count(*) from audit_entry") < ENTRIES) {
      for (int n = random.nextInt(1, 12); n > 0; n--) {
        entry(random);
      }
      on.tree.publish();
      if (afterForgetting == 0 && on.count("select count(*) from audit_entry") > 40) {
        forgetBen();
      }
    }
    on.append(3);
    superuser = Database.open(on.test.superuser(), 1);
    placed =
        superuser.inSystemTransaction(
            tx ->
                tx.list(
                    "select entry_id from audit_leaf order by leaf_index",
                    row -> row.uuid("entry_id")));
  }

  @AfterAll
  void end() {
    superuser.close();
    on.close();
    on.test.database().close();
  }

  @Test
  void theUntouchedLogIsWhole() {
    AuditVerdict verdict = superuser.inSystemTransaction(this::verify);
    assertThat(verdict.firstBroken()).isNull();
    assertThat(verdict.entries()).isEqualTo(placed.size());
    assertThat(verdict.checked()).isEqualTo(placed.size() + 3);
  }

  @Test
  void aThousandTamperingsAreAllFoundAndNamedRight() {
    var counts = new TreeMap<String, Integer>();
    var tampering = new Tampering(placed, afterForgetting, on.workspace, other);
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      Tampering.Kind kind = Tampering.KINDS.get(seed % Tampering.KINDS.size());
      var verdict = new AuditVerdict[1];
      var expected = new Tampering.Expected[1];
      rolledBack(
          tx -> {
            expected[0] = tampering.apply(kind, tx, random);
            verdict[0] = verify(tx);
          });
      String what = "seed %d, %s: %s %s".formatted(seed, kind, expected[0], verdict[0]);
      assertThat(verdict[0].ok()).as(what).isFalse();
      expected[0].assertNamed(verdict[0].firstBroken(), what);
      counts.merge(kind.name(), 1, Integer::sum);
    }
    System.out.println("tamperings found: " + counts);
  }

  /** The newest entries go with all that was signed over them: only the kept head knows. */
  @Test
  void everyTruncationIsFoundByTheKeptHead() {
    for (int size = afterForgetting; size < placed.size(); size += 7) {
      long left = size;
      var verdict = new ArrayList<AuditVerdict>();
      rolledBack(
          tx -> {
            Tampering.truncate(tx, left);
            verdict.add(verify(tx));
            verdict.add(verify(tx, Optional.empty()));
          });
      var broken = Objects.requireNonNull(verdict.getFirst().firstBroken());
      assertThat(broken.index()).isLessThanOrEqualTo(left);
      assertThat(broken.until()).isGreaterThan(left);
      assertThat(broken.what()).contains("a head was signed over " + placed.size());
      assertThat(verdict.getLast().ok()).as("without the kept head").isTrue();
    }
  }

  private void forgetBen() {
    on.test
        .database()
        .doInTransaction(on.workspace, tx -> on.log.forget(tx, on.workspace, AuditFixture.BEN));
    on.tree.publish();
    afterForgetting = (int) on.count("select count(*) from audit_leaf");
  }

  private AuditVerdict verify(Tx tx) {
    return verify(tx, on.tree.keptHead());
  }

  private AuditVerdict verify(Tx tx, Optional<byte[]> kept) {
    var rules = new SignedHeads.Rules(on.tree.origin(), on.tree.trusted(), kept);
    return new AuditCheck(tx, rules, row -> true).run();
  }

  private void entry(Random random) {
    AuditNote note =
        AuditNote.of("budget.set", "budget", UUID.randomUUID())
            .from(List.of(random.nextInt()))
            .to(List.of(random.nextInt()))
            .with("month_cap", Integer.toString(random.nextInt()));
    on.append(
        random.nextInt(4) == 0 ? other : on.workspace,
        random.nextInt(5) == 0 ? AuditFixture.BEN : AuditFixture.ANNA,
        note);
  }

  private interface Work {
    void run(Tx tx);
  }

  private static final class Back extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void rolledBack(Work work) {
    try {
      superuser.inSystemTransaction(
          tx -> {
            work.run(tx);
            throw new Back();
          });
    } catch (Back wanted) {
      // Nothing of it stays for the next round.
    }
  }
}
