package io.aragora.receipt;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.db.Row;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of receipts, of their disclosed words, and of each workspace's chain. */
final class ReceiptStore {
  /** The place in the chain a receipt about to be written will have. */
  record Link(long height, @Nullable String previous) {}

  /** Takes the next place; the row stays locked until the transaction ends. */
  Link takePlace(Tx tx, WorkspaceId workspace) {
    return tx.one(
            """
            insert into receipt_chain (workspace_id, height, head_sha256)
            values (?, 1, null)
                on conflict (workspace_id)
                do update set height = receipt_chain.height + 1
            returning height, head_sha256
            """,
            row -> new Link(row.number("height"), row.maybeText("head_sha256").orElse(null)),
            workspace.value())
        .orElseThrow();
  }

  /** Adds a receipt with its words and moves the chain's head to it, in one statement. */
  void insert(Tx tx, WorkspaceId workspace, StoredReceipt receipt, List<Disclosure> disclosures) {
    tx.update(
        """
        with kept as (
          insert into receipt (receipt_id, workspace_id, debate_id, height, issued_at, outcome,
                               verdict, verdict_path, rehearsal, payload_sha256, payload,
                               envelope, jws)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          returning receipt_id, workspace_id, payload_sha256),
        words as (
          insert into receipt_disclosure (receipt_id, workspace_id, position, path, encoded)
          select receipt_id, workspace_id, place - 1, path, encoded
            from kept,
                 unnest(?::text[], ?::text[]) with ordinality as word (path, encoded, place))
        update receipt_chain
           set head_sha256 = kept.payload_sha256
          from kept
         where receipt_chain.workspace_id = kept.workspace_id
        """,
        receipt.id().value(),
        workspace.value(),
        receipt.debate().value(),
        receipt.height(),
        receipt.issuedAt(),
        receipt.outcome(),
        receipt.verdict(),
        receipt.verdictPath(),
        receipt.isRehearsal(),
        receipt.payloadSha256(),
        receipt.payload(),
        receipt.envelope(),
        receipt.jws(),
        disclosures.stream().map(Disclosure::path).toArray(String[]::new),
        disclosures.stream().map(Disclosure::encoded).toArray(String[]::new));
  }

  /** How many receipts the workspace's chain says it has. */
  long height(Tx tx) {
    return tx.one("select height from receipt_chain", row -> row.number("height")).orElse(0L);
  }

  Optional<StoredReceipt> find(Tx tx, ReceiptId receipt) {
    return tx.one(
        """
        select receipt_id, debate_id, height, issued_at, outcome, verdict, verdict_path,
               rehearsal, payload_sha256, payload, envelope, jws
          from receipt
         where receipt_id = ?
        """,
        ReceiptStore::stored,
        receipt.value());
  }

  Optional<ReceiptId> findByDebate(Tx tx, DebateId debate) {
    return tx.one(
        """
        select receipt_id
          from receipt
         where debate_id = ?
        """,
        row -> new ReceiptId(row.uuid("receipt_id")),
        debate.value());
  }

  List<Disclosure> disclosures(Tx tx, ReceiptId receipt) {
    return tx.list(
        """
        select encoded
          from receipt_disclosure
         where receipt_id = ?
         order by position
        """,
        row -> Disclosure.read(row.text("encoded")),
        receipt.value());
  }

  /** A page of receipts below a height, newest first, each with its place. */
  List<Line> below(Tx tx, long height, int limit) {
    return tx.list(
        """
        select r.receipt_id, r.debate_id, r.height, r.issued_at, r.outcome, r.verdict,
               r.rehearsal, r.payload_sha256, q.encoded as question, l.encoded as label
          from receipt r
          left join receipt_disclosure q
                 on q.receipt_id = r.receipt_id and q.path = '/predicate/question/commitment'
          left join receipt_disclosure l
                 on l.receipt_id = r.receipt_id and l.path = r.verdict_path
         where r.height < ?
         order by r.height desc
         limit ?
        """,
        ReceiptStore::line,
        height,
        limit);
  }

  /** A summary and its place in the chain. */
  record Line(long height, ReceiptSummary summary) {}

  private static Line line(Row row) {
    return new Line(
        row.number("height"),
        new ReceiptSummary(
            new ReceiptId(row.uuid("receipt_id")),
            new DebateId(row.uuid("debate_id")),
            row.instant("issued_at"),
            row.text("outcome"),
            row.maybeText("verdict").orElse(null),
            row.maybeText("label").map(ReceiptStore::words).orElse(null),
            row.maybeText("question").map(ReceiptStore::words).orElse(null),
            row.flag("rehearsal"),
            row.text("payload_sha256")));
  }

  private static String words(String encoded) {
    return Disclosure.read(encoded).value().asText();
  }

  private static StoredReceipt stored(Row row) {
    return new StoredReceipt(
        new ReceiptId(row.uuid("receipt_id")),
        new DebateId(row.uuid("debate_id")),
        row.number("height"),
        row.instant("issued_at"),
        row.text("outcome"),
        row.maybeText("verdict").orElse(null),
        row.maybeText("verdict_path").orElse(null),
        row.flag("rehearsal"),
        row.text("payload_sha256"),
        row.bytes("payload"),
        row.bytes("envelope"),
        row.text("jws"));
  }
}
