package io.aragora.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a cap, and that it is told once a period. */
final class AlertsTest {
  private final BudgetBook book = new BudgetBook(BudgetBook.caps(1_000, 400, 500));
  private final Budgets budgets = book.budgets;
  private final WorkspaceId firm = book.test.newWorkspace();
  private final WorkspaceId team = book.test.newWorkspace();

  @Test
  void tellsEachLineOncePeriodWhateverIsReleasedOrRaised() {
    var reservation = book.held(team, 260);
    book.release(team, reservation);
    book.held(team, 400);
    budgets.setCaps(team, BudgetBook.caps(2_000, 400, 1_000));
    book.held(team, 400);

    assertThat(alerts(team)).containsExactly("2026-11-23 75", "2026-11-23 50");
    book.held(team, 100);
    assertThat(alerts(team)).containsExactly("2026-11-23 90", "2026-11-23 75", "2026-11-23 50");
  }

  @Test
  void aLoweredCapCrossesLinesByItself() {
    book.held(team, 200);
    budgets.setCaps(team, BudgetBook.caps(200, 200, 200));

    assertThat(alerts(team))
        .containsExactly("2026-11 100", "2026-11 90", "2026-11 75", "2026-11 50");
  }

  @Test
  void aTeamsHoldTellsTheFirmOfTheFirmsLine() {
    book.tree.place(team, firm);
    budgets.setCaps(team, BudgetBook.caps(100_000, 400, 100_000));
    book.held(team, 300);

    assertThat(alerts(firm)).containsExactly("2026-11-23 50");
    assertThat(alerts(team)).isEmpty();
  }

  @Test
  void aRefusedHoldTellsThatTheCapIsReachedWhateverIsCommitted() {
    budgets.setCaps(team, BudgetBook.caps(1_000, 1_000, 1_000));
    book.held(team, 600);
    refused(team, 401);
    refused(team, 500);

    assertThat(budgets.alerts(team, 50, Optional.empty()).items().getFirst())
        .isEqualTo(
            new Alert(
                "2026-11", 100, Money.ofMicro(1_000), Money.ofMicro(600), book.now.get(), true));
    assertThat(alerts(team)).containsExactly("2026-11 100", "2026-11 50");
  }

  @Test
  void linesBelowAreStillToldAfterARefusalAndTheFullCapIsNotToldAgain() {
    budgets.setCaps(team, BudgetBook.caps(1_000, 1_000, 1_000));
    book.held(team, 100);
    refused(team, 901);
    book.held(team, 500);
    book.held(team, 400);
    refused(team, 1);

    assertThat(alerts(team))
        .containsExactly("2026-11 90", "2026-11 75", "2026-11 50", "2026-11 100");
  }

  @Test
  void aCapThatWasCommittedInFullIsNotToldAgainWhenItRefuses() {
    budgets.setCaps(team, BudgetBook.caps(400, 400, 400));
    book.held(team, 400);
    refused(team, 1);

    assertThat(alerts(team))
        .containsExactly("2026-11 100", "2026-11 90", "2026-11 75", "2026-11 50");
  }

  @Test
  void whatAnUntouchedPeriodHasNoRoomForTellsNothing() {
    budgets.setCaps(team, BudgetBook.caps(1_000, 5_000, 1_000));
    refused(team, 1_001);
    budgets.setCaps(team, BudgetBook.caps(1_000, 100, 1_000));
    refused(team, 101);

    assertThat(alerts(team)).isEmpty();
  }

  @Test
  void eachCapThatHadNoRoomIsToldOfAndNoOther() {
    book.held(team, 400);
    refused(team, 200);

    assertThat(alerts(team)).containsExactly("2026-11-23 100", "2026-11-23 75", "2026-11-23 50");
  }

  @Test
  void theFirmIsToldOfItsOwnCapWhenItRefusesATeam() {
    book.tree.place(team, firm);
    budgets.setCaps(team, BudgetBook.caps(100_000, 400, 100_000));
    book.held(team, 200);
    refused(team, 301);

    assertThat(alerts(firm)).containsExactly("2026-11-23 100");
    assertThat(alerts(team)).isEmpty();
  }

  @Test
  void twoHundredRefusalsAtOnceAreToldOnce() throws Exception {
    budgets.setCaps(team, BudgetBook.caps(1_000, 1_000, 1_000));
    book.held(team, 100);

    BudgetBook.parallel(200, at -> () -> book.hold(team, 901));

    assertThat(alerts(team)).containsExactly("2026-11 100");
  }

  private void refused(WorkspaceId workspace, long amount) {
    assertThat(book.hold(workspace, amount)).isInstanceOf(Hold.OverCap.class);
  }

  private List<String> alerts(WorkspaceId workspace) {
    return budgets.alerts(workspace, 50, Optional.empty()).items().stream()
        .map(alert -> alert.period() + " " + alert.percent())
        .toList();
  }
}
