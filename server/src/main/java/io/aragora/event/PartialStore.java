package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Texts of answers that are not whole yet, as their nodes last kept them. */
final class PartialStore {
  /** What a call had written; its node may be dead by now. */
  record Partial(UUID call, int seat, String move, String text) {}

  void keep(Tx tx, Map<Speaker, String> texts) {
    tx.batch(
        """
        insert into debate_partial (
          workspace_id, debate_id, round, seat, move, call_id, text, at)
        values (?, ?, ?, ?, ?, ?, ?, now())
            on conflict (debate_id, round, seat, move)
            do update set call_id = excluded.call_id, text = excluded.text, at = excluded.at
        """,
        texts.entrySet().stream().map(PartialStore::row).toList());
  }

  void drop(Tx tx, List<Speaker> ended) {
    tx.batch(
        """
        delete from debate_partial
         where debate_id = ?
           and call_id = ?
        """,
        ended.stream().map(PartialStore::place).toList());
  }

  void dropAll(Tx tx, DebateId debate) {
    tx.update(
        """
        delete from debate_partial
         where debate_id = ?
        """,
        debate.value());
  }

  /** Those of a debate whose answer is not there yet. */
  List<Partial> read(Tx tx, DebateId debate) {
    return tx.list(
        """
        select call_id, seat, move, text
          from debate_partial as partial
         where debate_id = ?
           and not exists (
                 select from debate_answer as answer
                  where answer.debate_id = partial.debate_id
                    and answer.round = partial.round
                    and answer.seat = partial.seat
                    and answer.move = partial.move)
         order by seat
        """,
        row ->
            new Partial(
                row.uuid("call_id"), (int) row.number("seat"), row.text("move"), row.text("text")),
        debate.value());
  }

  private static @Nullable Object[] row(Map.Entry<Speaker, String> each) {
    Speaker by = each.getKey();
    return new @Nullable Object[] {
      by.workspace().value(),
      by.debate().value(),
      by.round(),
      by.seat(),
      by.move(),
      by.call(),
      each.getValue()
    };
  }

  private static @Nullable Object[] place(Speaker by) {
    return new @Nullable Object[] {by.debate().value(), by.call()};
  }
}
