package io.aragora.drill.history;

import io.aragora.drill.history.HistoryChecker.Journaled;
import io.aragora.platform.db.Database;
import java.util.List;

/** What the database says of every call: its place in the debate and when its answer was kept. */
public final class Journal {
  private Journal() {}

  public static List<Journaled> read(Database database) {
    return database.inSystemTransaction(
        tx ->
            tx.list(
                """
                select c.call_id,
                       c.debate_id || '/' || c.round || '/' || c.seat || '/' || c.move as place,
                       a.received_at
                  from debate_call c
                  left join debate_answer a on a.call_id = c.call_id
                """,
                row ->
                    new Journaled(
                        row.uuid("call_id").toString(),
                        row.text("place"),
                        row.maybeInstant("received_at").orElse(Journaled.NEVER))));
  }
}
