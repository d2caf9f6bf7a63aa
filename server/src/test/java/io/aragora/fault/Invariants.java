package io.aragora.fault;

import io.aragora.platform.db.Database;
import java.util.List;
import java.util.UUID;

/** What must hold once a debate has ended, whatever failed on the way; read as the superuser. */
final class Invariants {
  private final Database superuser;

  Invariants(Database superuser) {
    this.superuser = superuser;
  }

  /** Whether the debate is closed and its job done. */
  boolean hasEnded(UUID debate) {
    return holds(
        """
        select exists (select from debate where debate_id = ? and state = 'closed')
               and not exists (select from scheduled_tasks where task_instance = ?) as holds
        """,
        debate,
        debate.toString());
  }

  /** The rules that this debate breaks, by name. */
  List<String> broken(UUID debate) {
    return List.of(
            rule(
                "it has exactly one receipt",
                """
                select count(*) = 1 as holds from receipt where debate_id = ?
                """,
                debate),
            rule(
                "its receipt has exactly one leaf",
                """
                select count(*) = 1 as holds
                  from log_leaf
                  join receipt using (receipt_id)
                 where debate_id = ?
                """,
                debate),
            rule(
                "its events are numbered from one without a gap",
                """
                select count(*) = max(seq) and min(seq) = 1 as holds
                  from debate_event
                 where debate_id = ?
                """,
                debate),
            rule(
                "its last event, and no other, says that it is closed",
                """
                select array_agg(seq) = array[(select last_seq from debate_stream where debate_id = ?)]
                       as holds
                  from debate_event
                 where debate_id = ?
                   and type = 'debate.closed'
                """,
                debate,
                debate),
            rule(
                "its ledger sums to what its reservation spent, and nothing is held",
                """
                select coalesce(sum(charged), 0) = max(spent) and max(held) = 0 as holds
                  from reservation
                  left join ledger_entry using (reservation_id)
                 where reservation.debate_id = ?
                """,
                debate),
            rule(
                "every call written down has ended",
                """
                select coalesce(bool_and(ended), true) as holds from debate_call where debate_id = ?
                """,
                debate),
            rule(
                "a call of unknown price is charged at the bound, of one attempt or of the call",
                """
                select coalesce(bool_and(charged + excess in (bound_micro / 2, bound_micro)), true)
                       as holds
                  from ledger_entry
                  join debate_call using (call_id)
                 where ledger_entry.debate_id = ?
                   and kind = 'ambiguous'
                """,
                debate),
            rule(
                "no answer that was stored is asked for again",
                """
                select count(*) = 0 as holds
                  from debate_answer as answer
                  join debate_call as mine using (debate_id, call_id)
                  join debate_call as later
                    on later.debate_id = mine.debate_id
                   and later.round = mine.round
                   and later.seat = mine.seat
                   and later.move = mine.move
                   and later.asked_at > mine.asked_at
                 where answer.debate_id = ?
                """,
                debate))
        .stream()
        .filter(rule -> !rule.holds())
        .map(Rule::name)
        .toList();
  }

  /** The rules about all debates of the appliance together that are broken, by name. */
  List<String> broken() {
    return List.of(
            rule(
                "the month's money is the sum of its reservations",
                """
                select bool_and(budget.spent = sums.spent and budget.held = sums.held) as holds
                  from budget
                  join (select workspace_id, period, sum(spent) as spent, sum(held) as held
                          from reservation
                         group by workspace_id, period) as sums
                 using (workspace_id, period)
                """),
            rule(
                "no month is over its cap",
                """
                select bool_and(spent + held <= greatest(cap, committed)) as holds from budget
                """),
            rule(
                "leaves are numbered without a gap",
                """
                select count(*) = max(leaf_index) + 1 as holds from log_leaf
                """),
            rule(
                "the log is open",
                """
                select bool_and(closed_because is null) as holds from log_origin
                """))
        .stream()
        .filter(rule -> !rule.holds())
        .map(Rule::name)
        .toList();
  }

  /** How many attempts of this debate were charged although nobody knows their price. */
  long ambiguous(UUID debate) {
    return superuser
        .inSystemTransaction(
            tx ->
                tx.one(
                    """
                    select count(*) as charged
                      from ledger_entry
                     where debate_id = ?
                       and kind = 'ambiguous'
                    """,
                    row -> row.number("charged"),
                    debate))
        .orElseThrow();
  }

  private record Rule(String name, boolean holds) {}

  private Rule rule(String name, String sql, Object... values) {
    return new Rule(name, holds(sql, values));
  }

  private boolean holds(String sql, Object... values) {
    return superuser
        .inSystemTransaction(tx -> tx.one(sql, row -> row.flag("holds"), values))
        .orElse(false);
  }
}
