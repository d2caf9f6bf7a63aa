package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** Caps and months, and the one statement that sets money aside. */
final class BudgetStore {
  /** What the plan says and where a month stands. */
  record Month(Caps caps, long version, Money cap, Money held, Money spent) {
    Money left() {
      return cap.minusOrZero(held.plus(spent));
    }
  }

  /**
   * Raises what is held if both caps allow it, and writes the reservation, in one statement: two
   * callers cannot both win the last cent. False is the "no".
   */
  boolean hold(Tx tx, WorkspaceId workspace, Reservation wish, Instant now) {
    long amount = wish.amount().micro();
    return tx.update(
            """
            with taken as (
              update budget
                 set held = held + ?
                from budget_plan
               where budget.workspace_id = ?
                 and budget.period = ?
                 and budget_plan.workspace_id = budget.workspace_id
                 and ? <= budget_plan.debate_cap
                 and (? = 0 or ? <= budget.cap - budget.spent - budget.held)
              returning budget.workspace_id, budget.period)
            insert into reservation
                   (reservation_id, workspace_id, debate_id, period, amount, held, spent, state,
                    created_at)
            select ?, workspace_id, ?, period, ?, ?, 0, 'open', ?
              from taken
            """,
            amount,
            workspace.value(),
            wish.period(),
            amount,
            amount,
            amount,
            wish.id(),
            wish.debate().value(),
            amount,
            amount,
            now)
        == 1;
  }

  /** Makes the rows a workspace needs in a month, where they are missing. */
  void prepare(Tx tx, WorkspaceId workspace, String period, Caps defaults, Instant now) {
    preparePlan(tx, workspace, defaults, now);
    tx.update(
        """
        insert into budget (workspace_id, period, cap, committed, held, spent)
        select workspace_id, ?, month_cap, 0, 0, 0
          from budget_plan
         where workspace_id = ?
            on conflict (workspace_id, period) do nothing
        """,
        period,
        workspace.value());
  }

  void preparePlan(Tx tx, WorkspaceId workspace, Caps defaults, Instant now) {
    tx.update(
        """
        insert into budget_plan (workspace_id, month_cap, debate_cap, version, changed_at)
        values (?, ?, ?, 0, ?)
            on conflict (workspace_id) do nothing
        """,
        workspace.value(),
        defaults.monthCap().micro(),
        defaults.debateCap().micro(),
        now);
  }

  /** Whether the plan still had that version. */
  boolean changePlan(Tx tx, WorkspaceId workspace, Caps caps, long version, Instant now) {
    return tx.update(
            """
            update budget_plan
               set month_cap = ?, debate_cap = ?, version = version + 1, changed_at = ?
             where workspace_id = ?
               and version = ?
            """,
            caps.monthCap().micro(),
            caps.debateCap().micro(),
            now,
            workspace.value(),
            version)
        == 1;
  }

  /** What is committed now may finish, whatever the new cap. */
  void changeMonth(Tx tx, WorkspaceId workspace, String period, Money cap) {
    tx.update(
        """
        update budget
           set cap = ?, committed = spent + held
         where workspace_id = ?
           and period = ?
        """,
        cap.micro(),
        workspace.value(),
        period);
  }

  /** The plan and the month; before the first hold of a month nothing is held or spent. */
  Optional<Month> month(Tx tx, WorkspaceId workspace, String period) {
    return tx.one(
        """
        select plan.month_cap, plan.debate_cap, plan.version,
               coalesce(month.cap, plan.month_cap) as cap,
               coalesce(month.held, 0) as held,
               coalesce(month.spent, 0) as spent
          from budget_plan plan
          left join budget month
            on month.workspace_id = plan.workspace_id
           and month.period = ?
         where plan.workspace_id = ?
        """,
        row ->
            new Month(
                new Caps(money(row, "month_cap"), money(row, "debate_cap")),
                row.number("version"),
                money(row, "cap"),
                money(row, "held"),
                money(row, "spent")),
        period,
        workspace.value());
  }

  private static Money money(Row row, String column) {
    return Money.ofMicro(row.number(column));
  }
}
