package io.aragora.drill;

import io.aragora.drill.check.Aftermath;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Spread;
import io.aragora.drill.history.History;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Ownership;
import io.aragora.drill.rig.Ownership.Owned;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import io.aragora.drill.rig.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Freezes a node that carries debates, as a stalled virtual machine, longer than its lease, and
 * lets it go on: others have taken its debates over, and what it still wants to write is refused.
 */
final class PauseDrill implements Drill {
  private static final int IN_FLIGHT = 16;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final double RECOVERY = 10;

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public String about() {
    return "freezes the owner of debates (SIGSTOP), lets it go on: it can append and settle nothing";
  }

  @Override
  public Map<String, String> options() {
    return Map.of("seconds", "how long it is frozen; 45 unless told, more than its lease of 3");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    var history = new History();
    var takeover = new Spread();
    int taken = 0;
    int stuck = 0;
    try (var rig = Rig.open(plan.seed())) {
      rig.panel().taking(Duration.ofMillis(500), Duration.ofMillis(1_500));
      NodeProcess one = rig.start("node-1", NodeOptions.usual());
      NodeProcess two = rig.start("node-2", NodeOptions.usual());
      var fleet = new Fleet().with(one).with(two);
      var ownership = new Ownership(rig.database());
      boolean ended;
      try (var traffic =
          Traffic.start(fleet, rig.key().secret(), history, IN_FLIGHT, Integer.MAX_VALUE)) {
        for (int pause = 1; pause <= plan.count(); pause++) {
          NodeProcess owner = pause % 2 == 1 ? one : two;
          ownership.carries(owner, 3, LONGEST);
          fleet.without(owner);
          owner.pause();
          long frozen = System.nanoTime();
          List<Owned> orphans = ownership.of(owner);
          taken += orphans.size();
          Duration time = Duration.ofSeconds(plan.number("seconds", 45));
          ownership
              .takenUp(orphans, frozen, time)
              .ifPresentOrElse(takeover::add, () -> Waits.now(rig.database()).forEach(plan::say));
          Until.passed(time.minusNanos(System.nanoTime() - frozen));
          List<Owned> left = ownership.left(orphans);
          stuck += left.size();
          owner.resume();
          plan.say(
              "frozen for %s; of %d debates %d were left"
                  .formatted(time, orphans.size(), left.size()));
          Until.isTrue(LONGEST, owner::isReady);
          fleet.with(owner);
        }
        ended = traffic.finish(Duration.ofMinutes(3));
      }
      return report(
          plan, rig, one, new Counted(taken, stuck, ended, refused(one, two)), takeover, history);
    }
  }

  /** How much was taken over, left, and refused. */
  private record Counted(int taken, int stuck, boolean ended, long refused) {}

  private static DrillReport report(
      DrillPlan plan, Rig rig, NodeProcess node, Counted counted, Spread takeover, History history)
      throws IOException {
    var report =
        new DrillReport()
            .figure("faults", plan.count())
            .figure("taken_over", counted.taken())
            .figure("refused_late", counted.refused());
    takeover.into(report, "recovery");
    report
        .demand(counted.ended(), "end", "debates are still in flight three minutes later")
        .demand(counted.taken() > 0, "taken_over", "the frozen node carried nothing")
        .demand(counted.stuck() == 0, "stuck", counted.stuck() + " debates nobody took up")
        .demand(counted.refused() > 0, "refused_late", "the node that woke up wrote nothing late")
        .demandInTime(takeover.at(1) <= RECOVERY, "recovery", "longer than " + RECOVERY + " s");
    return Aftermath.lookAfterFreeze(rig, node, history, report);
  }

  /** A node says so each time it finds that a debate is no longer its own. */
  private static long refused(NodeProcess... nodes) {
    return List.of(nodes).stream()
        .flatMap(node -> node.log().lines())
        .filter(line -> line.contains("belongs to another node"))
        .count();
  }
}
