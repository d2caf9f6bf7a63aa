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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every drill looks at in the end, whatever it did: the invariants and the history. */
public final class Aftermath {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private Aftermath() {}

  /** Counts everything again; {@code node} is one that is up. */
  public static DrillReport look(Rig rig, NodeProcess node, History history, DrillReport report)
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
    int rebilled = HistoryChecker.askedAgain(paid, journal).size();
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
        .demand(rebilled == 0, "rebilled", rebilled + " completed calls were asked again")
        .findings(found, HistoryChecker.check(history, paid, journal));
  }
}
