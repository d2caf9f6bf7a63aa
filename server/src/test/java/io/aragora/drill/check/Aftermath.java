package io.aragora.drill.check;

import io.aragora.drill.history.History;
import io.aragora.drill.history.HistoryChecker;
import io.aragora.drill.history.Journal;
import io.aragora.drill.history.Operation;
import io.aragora.drill.history.PaidCall;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every drill looks at in the end, whatever it did: the invariants and the history. */
public final class Aftermath {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private Aftermath() {}

  /** What a call is that begins after the answer to its place was stored. */
  private enum Late {
    A_FAULT,
    /** A frozen node may wake between its last look and the call; that call was charged before. */
    TOLD
  }

  /** Counts everything again; {@code node} is one that is up. */
  public static DrillReport look(Rig rig, NodeProcess node, History history, DrillReport report)
      throws IOException {
    return look(rig, node, history, report, Late.A_FAULT);
  }

  /**
   * As {@link #look}, after a node was frozen: no model server knows that another node has taken a
   * debate over, so calls the frozen one makes as it wakes are told, and must be in the books.
   */
  public static DrillReport lookAfterFreeze(
      Rig rig, NodeProcess node, History history, DrillReport report) throws IOException {
    return look(rig, node, history, report, Late.TOLD);
  }

  private static DrillReport look(
      Rig rig, NodeProcess node, History history, DrillReport report, Late late)
      throws IOException {
    var invariants = new Invariants(rig.database(), rig.keys());
    // The job of a debate ends right after the debate.
    boolean unused =
        Until.isTrue(DRAIN, () -> "ok".equals(invariants.check(history, Map.of()).get("I8")));
    Map<String, List<PaidCall>> paid = rig.panel().calls();
    var found = new TreeMap<>(invariants.check(history, paid));
    found.putAll(Outside.check(rig, node, history));
    var journal = Journal.read(rig.database());
    int lost = HistoryChecker.lost(history).size();
    List<String> again = HistoryChecker.askedAgain(paid, journal);
    int rebilled = again.size();
    List<String> faults = new ArrayList<>(HistoryChecker.check(history, paid, journal));
    if (late == Late.TOLD) {
      faults.removeAll(again);
    }
    long errors = history.of(Operation.Failed.class).filter(each -> each.status() >= 500).count();
    long debates =
        rig.database()
            .inSystemTransaction(
                tx ->
                    tx.one(
                        "select count(*) as ended from debate where state = 'closed'",
                        row -> row.number("ended")))
            .orElseThrow();
    return report
        .demand(debates > 0, "debates", "no debate ended: nothing is shown")
        .figure("debates", debates)
        .figure("paid_calls", paid.size())
        .figure("lost", lost)
        .figure("rebilled", rebilled)
        .figure("http_5xx", errors)
        .demand(lost == 0, "lost", lost + " acknowledged debates have no receipt")
        .demand(
            rebilled == 0 || late == Late.TOLD,
            "rebilled",
            rebilled + " completed calls were asked again")
        .findings(found, faults);
  }
}
