package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class BudgetsTest {
  private final TestDatabase test = TestDatabase.shared();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final Budgets budgets =
      new Budgets(test.database(), UUID::randomUUID, now::get, caps(1_000, 400));
  private final WorkspaceId workspace = test.newWorkspace();

  @Test
  void holdsUntilTheMonthIsFullAndNamesWhatIsLeft() {
    assertThat(hold(400)).isInstanceOf(Hold.Held.class);
    assertThat(hold(400)).isInstanceOf(Hold.Held.class);

    assertThat(hold(201)).isEqualTo(new Hold.OverCap(micro(201), micro(200), Cap.MONTH));
    assertThat(hold(200)).isInstanceOf(Hold.Held.class);
    assertThat(budgets.summary(workspace))
        .isEqualTo(
            new BudgetView(
                "2026-11",
                micro(1_000),
                micro(400),
                micro(1_000),
                Money.ZERO,
                Money.ZERO,
                0,
                Money.ZERO,
                new BudgetView.Day(
                    "2026-11-23", micro(1_000), micro(1_000), Money.ZERO, Money.ZERO)));
  }

  @Test
  void refusesADebateOverItsOwnCap() {
    assertThat(hold(401)).isEqualTo(new Hold.OverCap(micro(401), micro(400), Cap.DEBATE));
    assertThat(hold(Long.MAX_VALUE)).isInstanceOf(Hold.OverCap.class);
  }

  @Test
  void aCapOfZeroLetsOnlyFreeDebatesRun() {
    budgets.setCaps(workspace, caps(0, 0));

    assertThat(hold(1)).isInstanceOf(Hold.OverCap.class);
    assertThat(hold(0)).isInstanceOf(Hold.Held.class);
  }

  @Test
  void holdsOncePerDebate() {
    var debate = new DebateId(UUID.randomUUID());
    var first = hold(debate, 300);

    assertThat(hold(debate, 300)).isEqualTo(first);
    assertThat(budgets.summary(workspace).held()).isEqualTo(micro(300));
  }

  @Test
  void settlingMovesMoneyFromHeldToSpentOncePerCall() {
    var reservation = held(400);
    var charge = charge(150);

    assertThat(settle(reservation, charge)).isEqualTo(settled(150, 0, 250));
    assertThat(settle(reservation, charge)).isEqualTo(settled(150, 0, 250));

    var money = budgets.summary(workspace);
    assertThat(money.spent()).isEqualTo(micro(150));
    assertThat(money.held()).isEqualTo(micro(250));
    assertThat(money.left()).isEqualTo(micro(600));
  }

  @Test
  void aProviderThatClaimsMoreThanIsHeldIsChargedTheHoldAndTheRestIsRecorded() {
    var reservation = held(400);
    settle(reservation, charge(300));

    assertThat(settle(reservation, charge(5_000))).isEqualTo(settled(100, 4_900, 0));
    assertThat(budgets.summary(workspace).spent()).isEqualTo(micro(400));
    assertThat(budgets.ledger(workspace, 10, Optional.empty()).items())
        .extracting(LedgerEntry::excess)
        .containsExactly(micro(4_900), Money.ZERO);
  }

  @Test
  void settlesSeveralCallsAtOnceInTheirOrderAndNeverMoreThanIsHeld() {
    var reservation = held(400);
    var calls = List.of(charge(150), charge(200), charge(100), charge(Long.MAX_VALUE));

    assertThat(settleAll(reservation, calls))
        .containsExactly(
            settled(150, 0, 250),
            settled(200, 0, 50),
            settled(50, 50, 0),
            settled(0, Long.MAX_VALUE, 0));
    assertThat(budgets.summary(workspace).spent()).isEqualTo(micro(400));
  }

  @Test
  void aCallSettledBeforeTakesNothingFromTheOthersSettledWithIt() {
    var reservation = held(400);
    var before = charge(150);
    settle(reservation, before);

    assertThat(settleAll(reservation, List.of(before, charge(240), before)))
        .containsExactly(settled(150, 0, 250), settled(240, 0, 10), settled(150, 0, 10));
    assertThat(settleAll(reservation, List.of(before, charge(500))))
        .containsExactly(settled(150, 0, 10), settled(10, 490, 0));
    assertThat(settleAll(reservation, List.of())).isEmpty();
  }

  @Test
  void settlingLocksNothingThatAnotherDebateNeeds() {
    var first = held(400);
    var second = held(400);

    in(
        tx -> {
          budgets.settle(tx, first, charge(100));
          // Another connection: it would wait for ever if the first held more than its own row.
          return in(other -> budgets.settle(other, second, charge(100)));
        });

    assertThat(budgets.summary(workspace).spent()).isEqualTo(micro(200));
    assertThat(budgets.summary(workspace).held()).isEqualTo(micro(600));
  }

  @Test
  void aCallThatEndsAfterTheReleaseIsRecordedButSpendsNothing() {
    var reservation = held(400);
    release(reservation);

    assertThat(settle(reservation, charge(50))).isEqualTo(settled(0, 50, 0));
    assertThat(budgets.summary(workspace).spent()).isEqualTo(Money.ZERO);
  }

  @Test
  void releasingGivesBackTheRestOnce() {
    var reservation = held(400);
    settle(reservation, charge(150));

    assertThat(release(reservation)).isEqualTo(micro(250));
    assertThat(release(reservation)).isEqualTo(Money.ZERO);
    assertThat(budgets.summary(workspace).left()).isEqualTo(micro(850));
    Reservation row = in(tx -> budgets.reservation(tx, reservation));
    assertThat(row.open()).isFalse();
    assertThat(row.spent()).isEqualTo(micro(150));
  }

  @Test
  void aHoldOfOneMonthIsSettledInThatMonthEvenAfterItsEnd() {
    now.set(Instant.parse("2026-11-30T23:59:59.999Z"));
    var reservation = held(400);
    now.set(Instant.parse("2026-12-01T00:00:00Z"));

    settle(reservation, charge(100));

    assertThat(budgets.summary(workspace).period()).isEqualTo("2026-12");
    assertThat(budgets.summary(workspace).spent()).isEqualTo(Money.ZERO);
    assertThat(hold(400)).isInstanceOf(Hold.Held.class);
    now.set(Instant.parse("2026-11-30T00:00:00Z"));
    assertThat(budgets.summary(workspace).spent()).isEqualTo(micro(100));
  }

  @Test
  void aCapSetBelowWhatIsHeldStopsNewDebatesWhileTheRunningOnesFinish() {
    var reservation = held(400);
    budgets.setCaps(workspace, caps(100, 100));

    assertThat(hold(1)).isEqualTo(new Hold.OverCap(micro(1), Money.ZERO, Cap.MONTH));
    assertThat(settle(reservation, charge(40))).isEqualTo(settled(40, 0, 360));
    release(reservation);
    assertThat(hold(61)).isEqualTo(new Hold.OverCap(micro(61), micro(60), Cap.MONTH));
    assertThat(hold(60)).isInstanceOf(Hold.Held.class);
  }

  @Test
  void refusesACapChangeThatDidNotSeeTheLastOne() {
    long version = budgets.summary(workspace).version();
    budgets.setCaps(workspace, caps(5, 5), version);

    assertThatThrownBy(() -> budgets.setCaps(workspace, caps(9, 9), version))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
    assertThat(budgets.summary(workspace).monthCap()).isEqualTo(micro(5));
  }

  @Test
  void pagesTheLedgerNewestFirstWithoutLossOrRepetition() {
    var reservation = held(400);
    var calls = List.of(charge(1), charge(2), charge(3), charge(4), charge(5));
    calls.forEach(charge -> settle(reservation, charge));

    var first = budgets.ledger(workspace, 2, Optional.empty());
    var second = budgets.ledger(workspace, 2, Optional.ofNullable(first.nextCursor()));
    var third = budgets.ledger(workspace, 2, Optional.ofNullable(second.nextCursor()));

    assertThat(first.items())
        .extracting(LedgerEntry::callId)
        .containsExactly(id(calls, 4), id(calls, 3));
    assertThat(second.items())
        .extracting(LedgerEntry::callId)
        .containsExactly(id(calls, 2), id(calls, 1));
    assertThat(third.items()).extracting(LedgerEntry::callId).containsExactly(id(calls, 0));
    assertThat(third.nextCursor()).isNull();
  }

  @Test
  void anotherWorkspaceSeesNoneOfItAndCannotSettle() {
    var reservation = held(400);
    settle(reservation, charge(1));
    var other = test.newWorkspace();

    assertThat(budgets.ledger(other, 10, Optional.empty()).items()).isEmpty();
    assertThat(budgets.summary(other).held()).isEqualTo(Money.ZERO);
    assertThatThrownBy(
            () ->
                test.database()
                    .inTransaction(other, tx -> budgets.settle(tx, reservation, charge(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAWorkspaceTheTablesCannotBeRead() {
    for (String table : List.of("budget_plan", "budget", "reservation", "ledger_entry")) {
      assertThatThrownBy(
              () ->
                  test.database()
                      .inSystemTransaction(
                          tx -> tx.list("select 1 as one from " + table, row -> row.number("one"))))
          .as(table)
          .isInstanceOf(DatabaseFault.class);
    }
  }

  @Test
  void aLedgerLineCannotBeChangedOrRemoved() {
    settle(held(400), charge(1));
    for (String change :
        List.of("update ledger_entry set charged = 0", "delete from ledger_entry")) {
      assertThatThrownBy(() -> in(tx -> tx.update(change)))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void theDatabaseItselfRefusesAMonthOverItsCap() {
    held(400);
    assertThatThrownBy(
            () ->
                in(
                    tx ->
                        tx.update(
                            "update budget set spent = spent + 601 where length(period) = 7")))
        .hasMessageContaining("budget_never_over");
  }

  private Hold hold(long amount) {
    return hold(new DebateId(UUID.randomUUID()), amount);
  }

  private Hold hold(DebateId debate, long amount) {
    return in(tx -> budgets.hold(tx, workspace, debate, micro(amount)));
  }

  private UUID held(long amount) {
    return ((Hold.Held) hold(amount)).reservation();
  }

  private Settled settle(UUID reservation, Charge charge) {
    return in(tx -> budgets.settle(tx, reservation, charge));
  }

  private List<Settled> settleAll(UUID reservation, List<Charge> charges) {
    return in(tx -> budgets.settle(tx, reservation, charges));
  }

  private Money release(UUID reservation) {
    return in(tx -> budgets.release(tx, reservation));
  }

  private <T> T in(java.util.function.Function<io.aragora.platform.db.Tx, T> work) {
    return test.database().inTransaction(workspace, work);
  }

  private static UUID id(List<Charge> calls, int at) {
    return calls.get(at).callId();
  }

  private static Charge charge(long actual) {
    return new Charge(
        UUID.randomUUID(),
        1,
        "rehearsal",
        "rehearsal-1",
        new Tokens(10, 20),
        micro(actual),
        "prices-1",
        Charge.Kind.CALL);
  }

  private static Settled settled(long charged, long excess, long left) {
    return new Settled(micro(charged), micro(excess), micro(left));
  }

  private static Caps caps(long month, long debate) {
    return new Caps(micro(month), micro(debate));
  }

  private static Money micro(long amount) {
    return Money.ofMicro(amount);
  }
}
