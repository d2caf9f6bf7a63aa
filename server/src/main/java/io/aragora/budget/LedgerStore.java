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
import java.util.UUID;

/** The ledger: lines are added and read, nothing else. */
final class LedgerStore {
  /** A line and its number in the ledger. */
  record Line(long number, LedgerEntry entry) {}

  /** Whether this call was not in the ledger yet. */
  boolean insert(Tx tx, Reservation reservation, Charge charge, Money charged, Instant now) {
    return tx.update(
            """
            insert into ledger_entry
                   (call_id, workspace_id, reservation_id, debate_id, seat, provider, model,
                    input_tokens, output_tokens, charged, excess, price_basis, kind, at)
            values (?, current_workspace(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (call_id) do nothing
            """,
            charge.callId(),
            reservation.id(),
            reservation.debate().value(),
            charge.seat(),
            charge.provider(),
            charge.model(),
            charge.tokens().input(),
            charge.tokens().output(),
            charged.micro(),
            charge.actual().minusOrZero(charged).micro(),
            charge.basis(),
            charge.kind().wire(),
            now)
        == 1;
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
