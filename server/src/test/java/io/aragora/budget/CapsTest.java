package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every cap at once: days, workspaces above, overrides. */
final class CapsTest {
  private static final ActorId ANNA = new ActorId(UUID.randomUUID());

  private final BudgetBook book = new BudgetBook(BudgetBook.caps(1_000, 400, 500));
  private final Budgets budgets = book.budgets;
  private final WorkspaceId firm = book.test.newWorkspace();
  private final WorkspaceId team = book.test.newWorkspace();
  private final WorkspaceId other = book.test.newWorkspace();

  @Test
  void theDayCapHoldsUntilMidnightUtc() {
    book.now.set(Instant.parse("2026-11-23T23:59:59.999Z"));
    book.held(team, 400);

    assertThat(book.hold(team, 101)).isEqualTo(over(101, 100, Cap.DAY));
    book.now.set(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(book.hold(team, 400)).isInstanceOf(Hold.Held.class);
    book.now.set(Instant.parse("2026-11-25T00:00:00Z"));
    assertThat(book.hold(team, 201)).isEqualTo(over(201, 200, Cap.MONTH));
  }

  @Test
  void aHoldOfYesterdayIsGivenBackToYesterday() {
    var reservation = book.held(team, 400);
    book.now.set(Instant.parse("2026-11-24T00:00:00Z"));
    book.settle(team, reservation, 150);
    book.release(team, reservation);

    assertThat(budgets.summary(team).today().spent()).isEqualTo(Money.ZERO);
    book.now.set(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(budgets.summary(team).today())
        .isEqualTo(
            new BudgetView.Day("2026-11-23", micro(500), Money.ZERO, micro(150), micro(350)));
  }

  @Test
  void aTeamsMoneyCountsAgainstTheFirmsCapsTooAndItsFiguresStaySecret() {
    book.tree.place(team, firm);
    book.tree.place(other, firm);
    book.held(team, 400);

    var no = (Hold.OverCap) book.hold(other, 101);

    assertThat(no).isEqualTo(over(101, 0, Cap.PARENT_DAY));
    assertThat(no.why())
        .isEqualTo(
            "this debate can cost $0.000101, the day cap of the workspace above leaves less");
    assertThat(book.hold(other, 100)).isInstanceOf(Hold.Held.class);
    assertThat(budgets.summary(firm).held()).isEqualTo(micro(500));
    assertThat(budgets.summary(other).held()).isEqualTo(micro(100));
  }

  @Test
  void whatATeamDidNotSpendIsGivenBackToTheFirm() {
    book.tree.place(team, firm);
    var reservation = book.held(team, 400);
    book.settle(team, reservation, 150);
    book.release(team, reservation);

    assertThat(budgets.summary(firm).spent()).isEqualTo(micro(150));
    assertThat(budgets.summary(firm).held()).isEqualTo(Money.ZERO);
    assertThat(budgets.audit(team).agrees()).isTrue();
  }

  @Test
  void aTeamThatMovesToAnotherFirmGivesBackToTheFormer() {
    book.tree.place(team, firm);
    var reservation = book.held(team, 400);
    book.tree.place(team, other);
    book.release(team, reservation);

    assertThat(budgets.summary(firm).held()).isEqualTo(Money.ZERO);
    assertThat(budgets.summary(other).held()).isEqualTo(Money.ZERO);
  }

  @Test
  void aTeamCannotReadTheFirmsLedgerReservationsAndAlerts() {
    book.tree.place(team, firm);
    book.settle(firm, book.held(firm, 400), 10);

    for (String table : List.of("ledger_entry", "reservation", "budget_alert")) {
      List<Long> rows =
          in(
              team,
              tx ->
                  tx.list(
                      "select 1 as one from " + table + " where workspace_id = ?",
                      row -> row.number("one"),
                      firm.value()));
      assertThat(rows).as(table).isEmpty();
    }
  }

  @Test
  void aStrangersBudgetCanNeitherBeReadNorMoved() {
    book.held(firm, 400);

    int moved =
        in(
            team,
            tx -> tx.update("update budget set held = 0 where workspace_id = ?", firm.value()));

    assertThat(moved).isZero();
    assertThat(budgets.summary(firm).held()).isEqualTo(micro(400));
  }

  @Test
  void refusesACircleAndALineOfFive() {
    book.tree.place(team, firm);
    book.tree.place(firm, other);

    assertRefused(ErrorCode.CONFLICT, () -> book.tree.place(other, team));
    book.tree.place(book.test.newWorkspace(), team);
    assertRefused(ErrorCode.CONFLICT, () -> book.tree.place(other, book.test.newWorkspace()));
  }

  @Test
  void anOverrideRaisesEveryCapUntilItExpires() {
    book.held(team, 400);
    budgets.raise(team, ANNA, UUID.randomUUID(), wish(600, Duration.ofHours(1)));

    assertThat(budgets.summary(team).raised()).isEqualTo(micro(600));
    assertThat(book.hold(team, 700)).isInstanceOf(Hold.Held.class);
    assertThat(book.hold(team, 1)).isEqualTo(over(1, 0, Cap.DAY));
    book.now.set(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(budgets.summary(team).raised()).isEqualTo(Money.ZERO);
    assertThat(book.hold(team, 401)).isEqualTo(over(401, 400, Cap.DEBATE));
  }

  @Test
  void anExpiredOverrideLeavesWhatRunsAloneAndLetsNothingMoreIn() {
    budgets.raise(team, ANNA, UUID.randomUUID(), wish(600, Duration.ofHours(1)));
    var reservation = book.held(team, 1_000);
    book.now.set(Instant.parse("2026-11-23T13:00:00Z"));

    assertThat(book.hold(team, 1)).isEqualTo(over(1, 0, Cap.MONTH));
    assertThat(book.settle(team, reservation, 1_000).charged()).isEqualTo(micro(1_000));
    book.release(team, reservation);
    assertThat(budgets.audit(team).agrees()).isTrue();
  }

  @Test
  void aRevokedOverrideCountsForNothingAndIsStillListed() {
    var made = budgets.raise(team, ANNA, UUID.randomUUID(), wish(600, Duration.ofHours(1)));
    budgets.revoke(team, ANNA, made.id());

    assertThat(book.hold(team, 401)).isEqualTo(over(401, 400, Cap.DEBATE));
    assertThat(budgets.overrides(team, 10, Optional.empty()).items())
        .singleElement()
        .satisfies(each -> assertThat(each.revokedBy()).isEqualTo(ANNA));
    budgets.revoke(team, ANNA, made.id());
    assertRefused(ErrorCode.NOT_FOUND, () -> budgets.revoke(other, ANNA, made.id()));
  }

  @Test
  void theSameOverrideIsMadeOnce() {
    var id = UUID.randomUUID();
    var first = budgets.raise(team, ANNA, id, wish(600, Duration.ofHours(1)));

    assertThat(budgets.raise(team, ANNA, id, wish(600, Duration.ofHours(1)))).isEqualTo(first);
    assertThat(budgets.summary(team).raised()).isEqualTo(micro(600));
  }

  @Test
  void refusesAnOverrideThatEndsTooLateOrHasEnded() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofDays(32))) {
      assertRefused(
          ErrorCode.INVALID_INPUT,
          () -> budgets.raise(team, ANNA, UUID.randomUUID(), wish(1, time)));
    }
  }

  @Test
  void whatANodeOfTheVersionBeforeReleasedIsBookedLater() {
    book.tree.place(team, firm);
    var reservation = book.held(team, 400);
    book.settle(team, reservation, 150);
    in(team, tx -> releasedByTheVersionBefore(tx, reservation));

    assertThat(budgets.summary(team).spent()).isEqualTo(micro(150));
    assertThat(budgets.bookLeftovers(team)).isEqualTo(1);
    assertThat(budgets.bookLeftovers(team)).isZero();
    assertThat(budgets.summary(firm).spent()).isEqualTo(micro(150));
    assertThat(budgets.summary(firm).held()).isEqualTo(Money.ZERO);
    assertThat(budgets.audit(team).agrees()).isTrue();
  }

  /** What 0.1 did: it gave back what its reservation held, to the month, and knew no other row. */
  private static int releasedByTheVersionBefore(Tx tx, UUID reservation) {
    return tx.update(
        """
        with closed as (
          update reservation
             set held = 0, state = 'released'
           where reservation_id = ?
          returning workspace_id, period)
        update budget
           set held = held - 250
          from closed
         where budget.workspace_id = closed.workspace_id
           and budget.period = closed.period
        """,
        reservation);
  }

  @Test
  void findsMoneyHeldForADebateThatNoJobCarriesOn() {
    book.held(team, 100);
    var later = book.now.get().plusSeconds(1);

    List<DebateId> dead = in(team, tx -> budgets.deadHolds(tx, later));
    List<DebateId> tooYoung = in(team, tx -> budgets.deadHolds(tx, book.now.get()));

    assertThat(dead).hasSize(1);
    assertThat(tooYoung).isEmpty();
  }

  private <T> T in(WorkspaceId workspace, Function<Tx, T> work) {
    return book.test.database().inTransaction(workspace, work);
  }

  private CapOverride.Wish wish(long amount, Duration time) {
    return new CapOverride.Wish(micro(amount), "the board meets", book.now.get().plus(time));
  }

  private static Hold over(long asked, long left, Cap which) {
    return new Hold.OverCap(micro(asked), micro(left), which);
  }

  private static void assertRefused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  private static Money micro(long amount) {
    return Money.ofMicro(amount);
  }
}
