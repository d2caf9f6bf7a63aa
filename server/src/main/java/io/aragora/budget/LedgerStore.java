package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The ledger: lines are added and read, nothing else. */
final class LedgerStore {
  /** A line and its number in the ledger. */
  record Line(long number, LedgerEntry entry) {}

  /** A call and how much of its cost the hold pays. */
  record Paid(Charge charge, Money charged) {
    Money excess() {
      return charge.actual().minusOrZero(charged);
    }
  }

  /** Adds the calls that are not in the ledger yet, and tells which these were. */
  Set<UUID> insert(Tx tx, Reservation reservation, List<Paid> calls, Instant now) {
    return Set.copyOf(
        tx.list(
            """
            insert into ledger_entry
                   (call_id, workspace_id, reservation_id, debate_id, seat, provider, model,
                    input_tokens, output_tokens, charged, excess, price_basis, kind, at)
            select call_id, current_workspace(), ?, ?, seat, provider, model,
                   input_tokens, output_tokens, charged, excess, price_basis, kind, ?
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                          ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                   with ordinality
                as paid (call_id, seat, provider, model, input_tokens, output_tokens, charged,
                         excess, price_basis, kind, place)
             order by place
                on conflict (call_id) do nothing
            returning call_id
            """,
            row -> row.uuid("call_id"),
            reservation.id(),
            reservation.debate().value(),
            now,
            column(calls, paid -> paid.charge().callId()),
            column(calls, paid -> paid.charge().seat()),
            column(calls, paid -> paid.charge().provider()),
            column(calls, paid -> paid.charge().model()),
            column(calls, paid -> paid.charge().tokens().input()),
            column(calls, paid -> paid.charge().tokens().output()),
            column(calls, paid -> paid.charged().micro()),
            column(calls, paid -> paid.excess().micro()),
            column(calls, paid -> paid.charge().basis()),
            column(calls, paid -> paid.charge().kind().wire())));
  }

  private static String[] column(List<Paid> calls, Function<Paid, Object> field) {
    return calls.stream().map(field).map(Object::toString).toArray(String[]::new);
  }

  /** Which of these calls the ledger has. */
  Set<UUID> known(Tx tx, List<Charge> charges) {
    return Set.copyOf(
        tx.list(
            """
            select call_id
              from ledger_entry
             where call_id = any (?::uuid[])
            """,
            row -> row.uuid("call_id"),
            (Object)
                charges.stream().map(Charge::callId).map(UUID::toString).toArray(String[]::new)));
  }

  Budgets.Uncertain uncertain(Tx tx, DebateId debate) {
    return tx.one(
            """
            select count(*) as calls, coalesce(sum(charged), 0)::bigint as charged
              from ledger_entry
             where debate_id = ?
               and kind = 'ambiguous'
            """,
            row ->
                new Budgets.Uncertain(
                    (int) row.number("calls"), Money.ofMicro(row.number("charged"))),
            debate.value())
        .orElseThrow();
  }

  Optional<LedgerEntry> entry(Tx tx, UUID call) {
    return tx.one(
        """
        select entry_no, call_id, debate_id, seat, provider, model, input_tokens, output_tokens,
               charged, excess, price_basis, kind, at
          from ledger_entry
         where call_id = ?
        """,
        row -> line(row).entry(),
        call);
  }

  /** Newest first, below line {@code before}. */
  List<Line> page(Tx tx, WorkspaceId workspace, long before, int most) {
    return tx.list(
        """
        select entry_no, call_id, debate_id, seat, provider, model, input_tokens, output_tokens,
               charged, excess, price_basis, kind, at
          from ledger_entry
         where workspace_id = ?
           and entry_no < ?
         order by entry_no desc
         limit ?
        """,
        LedgerStore::line,
        workspace.value(),
        before,
        most);
  }

  LedgerSum.Summary sums(Tx tx, WorkspaceId workspace, LedgerSum.By by, Instant since, int most) {
    List<LedgerSum> sums =
        tx.list(
            """
            select case ?
                     when 'day' then to_char(at at time zone 'UTC', 'YYYY-MM-DD')
                     when 'model' then provider || '/' || model
                     else debate_id::text
                   end as key,
                   count(*) as calls,
                   sum(input_tokens)::bigint as input_tokens,
                   sum(output_tokens)::bigint as output_tokens,
                   sum(charged)::bigint as charged,
                   least(sum(excess), 9223372036854775807)::bigint as excess
              from ledger_entry
             where workspace_id = ?
               and at >= ?
             group by 1
             order by sum(charged) desc, 1
             limit ?
            """,
            row ->
                new LedgerSum(
                    row.text("key"),
                    row.number("calls"),
                    new Tokens(row.number("input_tokens"), row.number("output_tokens")),
                    Money.ofMicro(row.number("charged")),
                    Money.ofMicro(row.number("excess"))),
            by.wire(),
            workspace.value(),
            since,
            most + 1);
    return new LedgerSum.Summary(
        by.wire(),
        sums.subList(0, Math.min(most, sums.size())),
        total(tx, workspace, since),
        sums.size() > most);
  }

  private static Money total(Tx tx, WorkspaceId workspace, Instant since) {
    return tx.one(
            """
            select coalesce(sum(charged), 0)::bigint as total
              from ledger_entry
             where workspace_id = ?
               and at >= ?
            """,
            row -> Money.ofMicro(row.number("total")),
            workspace.value(),
            since)
        .orElseThrow();
  }

  /** One statement, so that all books are read at the same moment. */
  Budgets.Audit audit(Tx tx, WorkspaceId workspace) {
    return tx.one(
            """
            select ledger.charged, kept.spent, kept.held,
                   months.spent + kept.unbooked as months_spent,
                   months.held - kept.unbooked as months_held,
                   exists (select 1 from budget_parent where parent_id = ?) as pays
              from (select coalesce(sum(charged), 0)::bigint as charged
                      from ledger_entry
                     where workspace_id = ?) ledger,
                   (select coalesce(sum(spent), 0)::bigint as spent,
                           coalesce(sum(held), 0)::bigint as held,
                           coalesce(sum(unbooked), 0)::bigint as unbooked
                      from reservation
                     where workspace_id = ?) kept,
                   (select coalesce(sum(spent), 0)::bigint as spent,
                           coalesce(sum(held), 0)::bigint as held
                      from budget
                     where workspace_id = ?
                       and length(period) = 7) months
            """,
            LedgerStore::books,
            workspace.value(),
            workspace.value(),
            workspace.value(),
            workspace.value())
        .orElseThrow();
  }

  private static Budgets.Audit books(Row row) {
    return new Budgets.Audit(
        Money.ofMicro(row.number("charged")),
        Money.ofMicro(row.number("spent")),
        Money.ofMicro(row.number("months_spent")),
        Money.ofMicro(row.number("held")),
        Money.ofMicro(row.number("months_held")),
        row.flag("pays"));
  }

  private static Line line(Row row) {
    return new Line(
        row.number("entry_no"),
        new LedgerEntry(
            row.uuid("call_id"),
            new DebateId(row.uuid("debate_id")),
            (int) row.number("seat"),
            row.text("provider"),
            row.text("model"),
            new Tokens(row.number("input_tokens"), row.number("output_tokens")),
            Money.ofMicro(row.number("charged")),
            Money.ofMicro(row.number("excess")),
            row.text("price_basis"),
            row.text("kind"),
            row.instant("at")));
  }
}
