package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.TestDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many callers at once on one month: never a micro-dollar over, and every one accounted for. */
final class BudgetRaceTest {
  private static final Money UNIT = Money.ofMicro(1_000);

  private final TestDatabase test = TestDatabase.shared();
  private final WorkspaceId workspace = test.newWorkspace();

  @Test
  void ofTwoHundredParallelHoldsAgainstACapForTwentyExactlyTwentyWin() throws Exception {
    var budgets = budgets(20 * UNIT.micro() + 999);

    List<Hold> holds = BudgetBook.parallel(200, at -> () -> hold(budgets, UNIT));

    assertThat(holds).filteredOn(Hold.Held.class::isInstance).hasSize(20);
    assertThat(budgets.summary(workspace).held()).isEqualTo(Money.ofMicro(20_000));
    assertThat(budgets.summary(workspace).left()).isEqualTo(Money.ofMicro(999));
  }

  @Test
  void tenThousandAttemptsOverspendNothingAndTheLedgerAddsUp() throws Exception {
    var budgets = budgets(700_000);
    var random = new Random(20261123);
    long[] bounds = random.longs(10_000, 1, 3_000).toArray();

    List<Money> spent = BudgetBook.parallel(bounds.length, at -> () -> debate(budgets, bounds[at]));

    var money = budgets.summary(workspace);
    assertThat(money.held()).isEqualTo(Money.ZERO);
    assertThat(money.spent()).isEqualTo(spent.stream().reduce(Money.ZERO, Money::plus));
    assertThat(money.spent().micro())
        .isEqualTo(ledgerSum())
        .isLessThanOrEqualTo(700_000)
        .isPositive();
  }

  /** Holds, settles up to three calls, one of them twice, and releases. */
  private Money debate(Budgets budgets, long bound) {
    if (!(hold(budgets, Money.ofMicro(bound)) instanceof Hold.Held held)) {
      return Money.ZERO;
    }
    Money spent = Money.ZERO;
    for (int call = 0; call < 3; call++) {
      var charge = charge(bound / 3);
      spent = spent.plus(settle(budgets, held.reservation(), charge).charged());
      if (call == 1) {
        settle(budgets, held.reservation(), charge);
      }
    }
    test.database().inTransaction(workspace, tx -> budgets.release(tx, held.reservation()));
    return spent;
  }

  private Hold hold(Budgets budgets, Money bound) {
    return test.database()
        .inTransaction(
            workspace, tx -> budgets.hold(tx, workspace, new DebateId(UUID.randomUUID()), bound));
  }

  private Settled settle(Budgets budgets, UUID reservation, Charge charge) {
    return test.database().inTransaction(workspace, tx -> budgets.settle(tx, reservation, charge));
  }

  private long ledgerSum() {
    return test.database()
        .inTransaction(
            workspace,
            tx ->
                tx.one(
                        "select coalesce(sum(charged), 0)::bigint as total from ledger_entry",
                        row -> row.number("total"))
                    .orElseThrow());
  }

  private Budgets budgets(long monthCap) {
    return new Budgets(
        test.database(),
        UUID::randomUUID,
        InstantSource.fixed(java.time.Instant.parse("2026-11-23T12:00:00Z")),
        new Caps(Money.ofMicro(monthCap), Money.ofMicro(monthCap)));
  }

  private static Charge charge(long actual) {
    return new Charge(
        UUID.randomUUID(),
        1,
        "rehearsal",
        "rehearsal-1",
        Tokens.NONE,
        Money.ofMicro(actual),
        "prices-1",
        Charge.Kind.AMBIGUOUS);
  }
}
