package io.aragora.drill.rig;

import io.aragora.platform.db.Database;
import java.util.List;

/** Who waits for whom in the database now: the first thing to look at when nothing moves. */
public final class Waits {
  private Waits() {}

  /** A line for each session that waits for a lock, and for each that holds what others want. */
  public static List<String> now(Database database) {
    return database.inSystemTransaction(
        tx ->
            tx.list(
                """
                select a.pid || ' ' || a.state || ' for '
                       || round(extract(epoch from clock_timestamp() - a.state_change), 1) || ' s'
                       || case when cardinality(pg_blocking_pids(a.pid)) > 0
                               then ', waits for ' || array_to_string(pg_blocking_pids(a.pid), ' ')
                               else '' end
                       || ': ' || left(regexp_replace(a.query, '[[:space:]]+', ' ', 'g'), 90) as line
                  from pg_stat_activity a
                 where cardinality(pg_blocking_pids(a.pid)) > 0
                    or a.pid in (select unnest(pg_blocking_pids(w.pid)) from pg_stat_activity w)
                 order by cardinality(pg_blocking_pids(a.pid)), a.pid
                """,
                row -> row.text("line")));
  }
}
