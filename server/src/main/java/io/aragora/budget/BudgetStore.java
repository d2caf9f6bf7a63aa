package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caps and the rows that count against them: a month and a day, of a workspace and of those that
 * pay for it. Whoever locks several of these rows does so in the order of workspace and period.
 */
final class BudgetStore {
  /** What the plan says and where a month or a day stands. */
  record Standing(Caps caps, long version, Money cap, Money held, Money spent) {}

  /** One locked row. */
  record Line(
      UUID workspace,
      String period,
      Money cap,
      Money held,
      Money spent,
      Money raised,
      int alerted,
      boolean reached) {
    /** With what overrides add now. */
    Line raised(Money now) {
      return new Line(workspace, period, cap, held, spent, now, alerted, reached);
    }

    /** With another cap, and what overrides add now. */
    Line under(Money newCap, Money now) {
      return new Line(workspace, period, newCap, held, spent, now, alerted, reached);
    }

    /** The most that may be committed. */
    Money most() {
      return cap.plus(raised);
    }

    Money committed() {
      return held.plus(spent);
    }

    Money left() {
      return most().minusOrZero(committed());
    }
  }

  /** All rows a hold must fit, locked. */
  record Lines(List<Line> lines, Money debateCap) {}

  /**
   * Locks them in order; where a row is missing yet, locks none and is empty: rows made later could
   * come before those locked by then.
   */
  Optional<Lines> lock(Tx tx, String period, String day) {
    record Found(Line line, Money debateCap) {}
    List<Found> found =
        tx.list(
            """
            select budget.workspace_id, budget.period, budget.cap, budget.held, budget.spent,
                   budget.raised, budget.alerted, budget.reached, own.debate_cap
              from budget
              join budget_plan own
                on own.workspace_id = current_workspace()
             where budget.workspace_id in (select budget_payers())
               and budget.period in (?, ?)
               and (select count(*)
                      from budget
                     where workspace_id in (select budget_payers())
                       and period in (?, ?)) = (select 2 * count(*) from budget_payers())
             order by budget.workspace_id, budget.period
               for no key update of budget
            """,
            row -> new Found(line(row), money(row, "debate_cap")),
            period,
            day,
            period,
            day);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Lines(found.stream().map(Found::line).toList(), found.getFirst().debateCap()));
  }

  /** Makes the rows that holds of this day need, where they are missing, in the locks' order. */
  void prepare(Tx tx, String period, String day, Instant now) {
    tx.update(
        """
        insert into budget (workspace_id, period, cap, committed, held, spent, raised)
        select plan.workspace_id, time.period,
               case when time.is_day then coalesce(day_cap, month_cap) else month_cap end,
               0, 0, 0,
               coalesce((select sum(amount)
                           from budget_override running
                          where running.workspace_id = plan.workspace_id
                            and running.revoked_at is null
                            and running.expires_at > ?), 0)
          from budget_plan plan
         cross join (values (?, false), (?, true)) as time (period, is_day)
         where plan.workspace_id in (select budget_payers())
         order by plan.workspace_id, time.period
            on conflict (workspace_id, period) do nothing
        """,
        now,
        period,
        day);
  }

  void preparePlan(Tx tx, WorkspaceId workspace, Caps defaults, Instant now) {
    tx.update(
        """
        insert into budget_plan
               (workspace_id, month_cap, debate_cap, day_cap, version, changed_at)
        values (?, ?, ?, ?::bigint, 0, ?)
            on conflict (workspace_id) do nothing
        """,
        workspace.value(),
        defaults.monthCap().micro(),
        defaults.debateCap().micro(),
        micro(defaults.dayCap()),
        now);
  }

  boolean hasPlan(Tx tx, WorkspaceId workspace) {
    return tx.one(
            """
            select 1 as one
              from budget_plan
             where workspace_id = ?
            """,
            row -> row.number("one"),
            workspace.value())
        .isPresent();
  }

  /** Whether the plan still had that version. */
  boolean changePlan(Tx tx, WorkspaceId workspace, Caps caps, long version, Instant now) {
    return tx.update(
            """
            update budget_plan
               set month_cap = ?, debate_cap = ?, day_cap = ?::bigint,
                   version = version + 1, changed_at = ?
             where workspace_id = ?
               and version = ?
            """,
            caps.monthCap().micro(),
            caps.debateCap().micro(),
            micro(caps.dayCap()),
            now,
            workspace.value(),
            version)
        == 1;
  }

  /** Locks the rows of this workspace alone, in order. */
  List<Line> lockOwn(Tx tx, WorkspaceId workspace, String period, String day) {
    return tx.list(
        """
        select workspace_id, period, cap, held, spent, raised, alerted, reached
          from budget
         where workspace_id = ?
           and period in (?, ?)
         order by workspace_id, period
           for no key update
        """,
        BudgetStore::line,
        workspace.value(),
        period,
        day);
  }

  /** What is committed now may finish, whatever the new cap and the new raise. */
  void change(Tx tx, Line line, Money cap, Money raised) {
    tx.update(
        """
        update budget
           set cap = ?, raised = ?, committed = spent + held
         where workspace_id = ?
           and period = ?
        """,
        cap.micro(),
        raised.micro(),
        line.workspace(),
        line.period());
  }

  /**
   * The plan and a month or day; before its first hold nothing is held or spent. What reservations
   * have spent without telling the row is counted as spent.
   */
  Optional<Standing> standing(
      Tx tx, WorkspaceId workspace, String period, Function<Caps, Money> cap) {
    return tx.one(
        """
        select plan.month_cap, plan.debate_cap, plan.day_cap, plan.version,
               filled.cap,
               coalesce(filled.held, 0) - running.unbooked as held,
               coalesce(filled.spent, 0) + running.unbooked as spent
          from budget_plan plan
          left join budget filled
            on filled.workspace_id = plan.workspace_id
           and filled.period = ?
         cross join lateral (
               select coalesce(sum(unbooked), 0)::bigint as unbooked
                 from reservation
                where reservation.workspace_id = plan.workspace_id
                  and filled.period in (reservation.period, reservation.day)
                  and not reservation.booked) running
         where plan.workspace_id = ?
        """,
        row -> {
          var caps =
              new Caps(
                  money(row, "month_cap"),
                  money(row, "debate_cap"),
                  row.maybeNumber("day_cap").map(Money::ofMicro).orElse(null));
          return new Standing(
              caps,
              row.number("version"),
              row.maybeNumber("cap").map(Money::ofMicro).orElseGet(() -> cap.apply(caps)),
              money(row, "held"),
              money(row, "spent"));
        },
        period,
        workspace.value());
  }

  private static Line line(Row row) {
    return new Line(
        row.uuid("workspace_id"),
        row.text("period"),
        money(row, "cap"),
        money(row, "held"),
        money(row, "spent"),
        money(row, "raised"),
        (int) row.number("alerted"),
        row.flag("reached"));
  }

  private static @Nullable Long micro(@Nullable Money money) {
    return money == null ? null : money.micro();
  }

  private static Money money(Row row, String column) {
    return Money.ofMicro(row.number(column));
  }
}
