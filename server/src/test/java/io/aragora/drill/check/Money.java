package io.aragora.drill.check;

import io.aragora.drill.history.PaidCall;
import io.aragora.drill.rig.Panel;
import io.aragora.platform.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sums that must agree: what was charged, what reservations and months say was spent. */
final class Money {
  private Money() {}

  /** I1 within the database: the ledger, the reservations and the months say the same. */
  static List<String> sums(Database database) {
    return database.inSystemTransaction(
        tx -> {
          var faults =
              new ArrayList<>(
                  tx.list(
                      """
                      select r.debate_id, r.spent, coalesce(sum(l.charged), 0)::bigint as charged
                        from reservation r
                        left join ledger_entry l on l.reservation_id = r.reservation_id
                       group by r.reservation_id, r.debate_id, r.spent
                      having r.spent <> coalesce(sum(l.charged), 0)
                      """,
                      row ->
                          "debate %s spent %d, its ledger says %d"
                              .formatted(
                                  row.uuid("debate_id"),
                                  row.number("spent"),
                                  row.number("charged"))));
          faults.addAll(
              tx.list(
                  """
                  select b.period, b.spent, b.held,
                         coalesce(sum(r.spent - r.unbooked), 0)::bigint as reserved,
                         coalesce(sum(r.held + r.unbooked), 0)::bigint as holds
                    from budget b
                    left join reservation r
                      on r.workspace_id = b.workspace_id and r.period = b.period
                   where length(b.period) = 7
                   group by b.workspace_id, b.period, b.spent, b.held
                  having b.spent <> coalesce(sum(r.spent - r.unbooked), 0)
                      or b.held <> coalesce(sum(r.held + r.unbooked), 0)
                  """,
                  row ->
                      "period %s spent %d and holds %d, its reservations say %d and %d"
                          .formatted(
                              row.text("period"),
                              row.number("spent"),
                              row.number("held"),
                              row.number("reserved"),
                              row.number("holds"))));
          return faults;
        });
  }

  /** I1 against the model server's own record: each call costs what was used, to the last one. */
  static List<String> charges(Database database, Map<String, List<PaidCall>> paid) {
    return database
        .inSystemTransaction(
            tx ->
                tx.list(
                    """
                    select call_id, kind, charged + excess as cost
                      from ledger_entry
                    """,
                    row ->
                        fault(
                            paid.getOrDefault(row.uuid("call_id").toString(), List.of()),
                            row.uuid("call_id").toString(),
                            row.text("kind"),
                            row.number("cost"))))
        .stream()
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** I2. */
  static List<String> caps(Database database) {
    return database.inSystemTransaction(
        tx ->
            tx.list(
                """
                select period, spent, held, cap
                  from budget b
                 where spent + held
                       > greatest(cap + coalesce((to_jsonb(b) ->> 'raised')::bigint, 0), committed)
                """,
                row ->
                    "period %s spent %d and holds %d over its cap %d"
                        .formatted(
                            row.text("period"),
                            row.number("spent"),
                            row.number("held"),
                            row.number("cap"))));
  }

  private static String fault(List<PaidCall> calls, String id, String kind, long cost) {
    if (kind.equals("ambiguous")) {
      return "";
    }
    if (calls.size() != 1) {
      return "call %s was booked, the model server was asked %d times".formatted(id, calls.size());
    }
    PaidCall call = calls.getFirst();
    long due = Math.ceilDiv((call.input() + call.output()) * Panel.MICRO_PER_MTOK, 1_000_000);
    // Input and output may each be rounded up.
    return cost == due || cost == due + 1 ? "" : "call %s cost %d, not %d".formatted(id, cost, due);
  }
}
