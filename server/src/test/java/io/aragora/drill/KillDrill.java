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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a node at once at random steps of its debates, again and again. Recovery is the time from
 * the kill until every debate the dead node carried has been taken up by another node (its owner
 * epoch was raised) or has ended.
 */
final class KillDrill implements Drill {
  private static final int IN_FLIGHT = 20;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final double RECOVERY_P95 = 5;
  private static final double RECOVERY_ALONE_P95 = 20;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String about() {
    return "kills a node at random steps (SIGKILL) with 20 debates in flight; others take over";
  }

  @Override
  public int usualCount() {
    return 30;
  }

  @Override
  public Map<String, String> options() {
    return Map.of("nodes", "how many nodes there are; 2 unless told, with 1 it is started again");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      return new Run(plan, rig).all();
    }
  }

  /** One drill under way. */
  private static final class Run {
    private final DrillPlan plan;
    private final Rig rig;
    private final int size;
    private final Random random;
    private final Fleet fleet = new Fleet();
    private final History history = new History();
    private final Ownership ownership;
    private final Spread recovery = new Spread();
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicInteger orphans = new AtomicInteger();
    private int number;

    Run(DrillPlan plan, Rig rig) {
      this.plan = plan;
      this.rig = rig;
      this.size = Math.max(1, plan.number("nodes", 2));
      this.random = new Random(plan.seed());
      this.ownership = new Ownership(rig.database());
    }

    DrillReport all() throws Exception {
      while (fleet.up().size() < size) {
        fleet.with(launch(NodeOptions.usual()).awaitReady());
      }
      try (var traffic =
              Traffic.start(fleet, rig.key().secret(), history, IN_FLIGHT, Integer.MAX_VALUE);
          ExecutorService watch = Executors.newVirtualThreadPerTaskExecutor()) {
        fleet.up().forEach(node -> ownership.carries(node, 1, LONGEST));
        for (int kill = 1; kill <= plan.count(); kill++) {
          kill(kill, watch);
        }
        boolean ended = traffic.finish(Duration.ofMinutes(3));
        return report(ended);
      }
    }

    private DrillReport report(boolean ended) throws IOException {
      // With a single node, recovery is its start and the lease of its dead self.
      double limit = size == 1 ? RECOVERY_ALONE_P95 : RECOVERY_P95;
      var report = new DrillReport().figure("kills", plan.count()).figure("nodes", size);
      report.figure("orphans", orphans.get());
      recovery.into(report, "recovery");
      report
          .demand(ended, "end", "debates are still in flight three minutes after the last kill")
          .demand(stuck.get() == 0, "stuck", stuck + " kills left debates nobody took up")
          .demand(orphans.get() > 0, "orphans", "no killed node carried a debate: nothing is shown")
          .demandInTime(recovery.at(0.95) <= limit, "recovery", "p95 is over " + limit + " s");
      return Aftermath.look(rig, fleet.up().getFirst(), history, report);
    }

    /** The dead node is started again while others take its debates over. */
    private void kill(int kill, ExecutorService watch) throws IOException {
      List<NodeProcess> up = fleet.up();
      NodeProcess victim = up.get(random.nextInt(up.size()));
      awaitStep();
      fleet.without(victim);
      victim.kill();
      long dead = System.nanoTime();
      List<Owned> owned = ownership.of(victim);
      orphans.addAndGet(owned.size());
      if (!owned.isEmpty()) {
        watch.submit(() -> recovered(kill, owned, dead));
      }
      fleet.with(launch(NodeOptions.usual().in(victim.dataDir())).awaitReady());
      if (kill % 10 == 0 || plan.count() < 10) {
        plan.say(
            "%d killed, recovery p95 %.2f s, %d calls answered"
                .formatted(kill, recovery.at(0.95), rig.panel().answered()));
      }
    }

    private void recovered(int kill, List<Owned> owned, long dead) {
      ownership
          .takenUp(owned, dead, LONGEST)
          .ifPresentOrElse(
              recovery::add,
              () -> {
                stuck.incrementAndGet();
                plan.say("kill %d: of %s some were not taken up".formatted(kill, owned));
              });
    }

    /** After so many more calls began, or were answered, or so many milliseconds. */
    private void awaitStep() {
      int steps = 1 + random.nextInt(20);
      int asked = rig.panel().asked() + steps;
      int answered = rig.panel().answered() + steps;
      boolean unused =
          switch (random.nextInt(3)) {
            case 0 -> Until.isTrue(LONGEST, () -> rig.panel().asked() >= asked);
            case 1 -> Until.isTrue(LONGEST, () -> rig.panel().answered() >= answered);
            default -> {
              Until.passed(Duration.ofMillis(random.nextInt(800)));
              yield true;
            }
          };
    }

    private NodeProcess launch(NodeOptions options) throws IOException {
      return rig.launch("node-" + ++number, options);
    }
  }
}
