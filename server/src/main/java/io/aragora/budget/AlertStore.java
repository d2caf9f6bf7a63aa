package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.util.List;

/** What was told of caps: the locked row says what is known, the alerts say when. */
final class AlertStore {
  /** Writes down lines crossed: the row says which was the last, the alerts say when. */
  void crossed(Tx tx, BudgetStore.Line line, List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    tx.update(
        """
        update budget
           set alerted = ?
         where workspace_id = ?
           and period = ?
        """,
        alerts.getLast().percent(),
        line.workspace(),
        line.period());
    alerts.forEach(alert -> insert(tx, line, alert));
  }

  /** Writes down that a locked row had no room for a hold. */
  void reached(Tx tx, BudgetStore.Line line, Alert alert) {
    tx.update(
        """
        update budget
           set reached = true
         where workspace_id = ?
           and period = ?
        """,
        line.workspace(),
        line.period());
    insert(tx, line, alert);
  }

  private static void insert(Tx tx, BudgetStore.Line line, Alert alert) {
    tx.update(
        """
        insert into budget_alert (workspace_id, period, percent, cap, committed, at, refused)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        line.workspace(),
        alert.period(),
        alert.percent(),
        alert.cap().micro(),
        alert.committed().micro(),
        alert.at(),
        alert.refused());
  }

  /** An alert and its number. */
  record Told(long number, Alert alert) {}

  /** Newest first, below number {@code before}. */
  List<Told> page(Tx tx, WorkspaceId workspace, long before, int most) {
    return tx.list(
        """
        select alert_no, period, percent, cap, committed, at, refused
          from budget_alert
         where workspace_id = ?
           and alert_no < ?
         order by alert_no desc
         limit ?
        """,
        row ->
            new Told(
                row.number("alert_no"),
                new Alert(
                    row.text("period"),
                    (int) row.number("percent"),
                    Money.ofMicro(row.number("cap")),
                    Money.ofMicro(row.number("committed")),
                    row.instant("at"),
                    row.flag("refused"))),
        workspace.value(),
        before,
        most);
  }
}
