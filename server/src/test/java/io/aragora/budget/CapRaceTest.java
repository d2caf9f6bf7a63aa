package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A firm and three teams under many callers at once: nothing over any cap, no deadlock, every line
 * told once, every book adds up. The full drill is 20 runs of 10,000 attempts: {@code
 * -Daragora.money.attempts=10000 -Daragora.money.runs=20}.
 */
final class CapRaceTest {
  private static final int ATTEMPTS = Integer.getInteger("aragora.money.attempts", 800);
  private static final int RUNS = Integer.getInteger("aragora.money.runs", 1);
  private static final ActorId ANNA = new ActorId(UUID.randomUUID());

  /** What one run left behind; {@code overspent} in micro-dollars over all caps of all rows. */
  private record Outcome(long overspent, boolean booksAgree, long told, long toldTwice) {}

  @Test
  void aFirmAndItsTeamsNeverOverspendAnyCap() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      long seed = 20261123L + run;
      Outcome outcome = run(seed);
      System.out.println("money seed=" + seed + " attempts=" + ATTEMPTS + " " + outcome);
      assertThat(outcome.overspent()).as("seed %d", seed).isZero();
      assertThat(outcome.booksAgree()).as("seed %d", seed).isTrue();
      assertThat(outcome.toldTwice()).as("seed %d", seed).isZero();
      assertThat(outcome.told()).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void anOverrideLetsInExactlyItsAmountMore() throws Exception {
    var book = new BudgetBook(BudgetBook.caps(20_000, 20_000, 20_000));
    WorkspaceId workspace = book.test.newWorkspace();
    raise(book, workspace, 10_000);

    List<Hold> holds = BudgetBook.parallel(200, at -> () -> book.hold(workspace, 1_000));

    assertThat(holds).filteredOn(Hold.Held.class::isInstance).hasSize(30);
  }

  @Test
  void anOverrideThatIsRevokedInTheRushLetsNothingInAfterwards() throws Exception {
    var book = new BudgetBook(BudgetBook.caps(20_000, 20_000, 20_000));
    WorkspaceId workspace = book.test.newWorkspace();
    var made = raise(book, workspace, 10_000);

    List<Boolean> late =
        BudgetBook.parallel(
            100,
            at ->
                () -> {
                  if (at == 25) {
                    book.budgets.revoke(workspace, ANNA, made.id());
                  }
                  boolean held = book.hold(workspace, 1_000) instanceof Hold.Held;
                  long committed = book.budgets.summary(workspace).held().micro();
                  return at == 25 && held && committed > 20_000;
                });

    assertThat(late).doesNotContain(true);
    assertThat(book.budgets.summary(workspace).held().micro()).isBetween(20_000L, 30_000L);
    assertThat(book.hold(workspace, 1)).isInstanceOf(Hold.OverCap.class);
  }

  private static CapOverride raise(BudgetBook book, WorkspaceId workspace, long amount) {
    var until = book.now.get().plus(Duration.ofDays(1));
    return book.budgets.raise(
        workspace,
        ANNA,
        UUID.randomUUID(),
        new CapOverride.Wish(Money.ofMicro(amount), "a rush", until));
  }

  private Outcome run(long seed) throws Exception {
    var book = new BudgetBook(BudgetBook.caps(ATTEMPTS * 90L, 3_000, ATTEMPTS * 40L));
    WorkspaceId firm = book.test.newWorkspace();
    List<WorkspaceId> all = new ArrayList<>(List.of(firm));
    for (int team = 0; team < 3; team++) {
      all.add(book.test.newWorkspace());
      book.tree.place(all.getLast(), team < 2 ? firm : all.get(1));
    }
    BudgetBook.parallel(
        ATTEMPTS,
        at ->
            () -> {
              var random = new Random(seed * 1_000_003 + at);
              return attempt(book, all.get(random.nextInt(all.size())), random);
            });
    List<Alert> told =
        all.stream()
            .flatMap(each -> book.budgets.alerts(each, 200, Optional.empty()).items().stream())
            .toList();
    long distinct =
        all.stream()
            .mapToLong(
                each ->
                    book.budgets.alerts(each, 200, Optional.empty()).items().stream()
                        .map(alert -> alert.period() + alert.percent())
                        .distinct()
                        .count())
            .sum();
    return new Outcome(
        all.stream().mapToLong(each -> overspent(book, each)).sum(),
        all.stream().allMatch(each -> book.budgets.audit(each).agrees()) && sumsUp(book, all),
        told.size(),
        told.size() - distinct);
  }

  /** One debate with one to three calls; about once a run it becomes midnight before. */
  private static boolean attempt(BudgetBook book, WorkspaceId workspace, Random random) {
    if (random.nextInt(ATTEMPTS) == 0) {
      book.now.set(Instant.parse("2026-11-24T00:00:00Z"));
    }
    long bound = 1 + random.nextInt(3_000);
    if (!(book.hold(workspace, bound) instanceof Hold.Held held)) {
      return false;
    }
    for (int call = random.nextInt(3); call >= 0; call--) {
      book.settle(workspace, held.reservation(), random.nextLong(bound));
    }
    book.release(workspace, held.reservation());
    return true;
  }

  /** No cap changes and no override runs here, so nothing but the cap excuses what is there. */
  private static long overspent(BudgetBook book, WorkspaceId workspace) {
    return book.test
        .database()
        .inTransaction(
            workspace,
            tx ->
                tx.one(
                        """
                        select coalesce(sum(greatest(spent + held - cap, 0)), 0)::bigint as over
                          from budget
                         where workspace_id = ?
                        """,
                        row -> row.number("over"),
                        workspace.value())
                    .orElseThrow());
  }

  /** The firm's month is what all of them spent, and nothing is held at the end. */
  private static boolean sumsUp(BudgetBook book, List<WorkspaceId> all) {
    Money spent =
        all.stream().map(each -> book.budgets.audit(each).ledger()).reduce(Money.ZERO, Money::plus);
    return book.budgets.audit(all.getFirst()).months().equals(spent)
        && all.stream().allMatch(each -> book.budgets.audit(each).heldByMonths().isZero());
  }
}
