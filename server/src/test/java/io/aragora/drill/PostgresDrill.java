package io.aragora.drill;

import io.aragora.drill.check.Aftermath;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Spread;
import io.aragora.drill.history.History;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import java.time.Duration;
import java.util.Random;

/**
 * Ends PostgreSQL under load, as a power cut or as an administrator does, and starts it again.
 * Recovery is the time from when it takes connections again until the last answer of 5xx.
 */
final class PostgresDrill implements Drill {
  private static final int IN_FLIGHT = 20;
  private static final double LONGEST_5XX = 10;
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration HEALING = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String about() {
    return "kills (SIGKILL) or restarts PostgreSQL under load; answers of 5xx end within 10 s";
  }

  @Override
  public int usualCount() {
    return 5;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    var history = new History();
    var random = new Random(plan.seed());
    var healed = new Spread();
    int killed = 0;
    int unhealed = 0;
    try (var rig = Rig.open(plan.seed())) {
      NodeProcess one = rig.start("node-1", NodeOptions.usual());
      NodeProcess two = rig.start("node-2", NodeOptions.usual());
      var fleet = new Fleet().with(one).with(two);
      boolean ended;
      try (var traffic =
          Traffic.start(fleet, rig.key().secret(), history, IN_FLIGHT, Integer.MAX_VALUE)) {
        for (int cut = 1; cut <= plan.count(); cut++) {
          int answered = rig.panel().answered() + 1 + random.nextInt(40);
          boolean unused =
              Until.isTrue(Duration.ofSeconds(60), () -> rig.panel().answered() >= answered);
          boolean kill = random.nextInt(3) > 0;
          end(rig, kill);
          killed += kill ? 1 : 0;
          Until.passed(Duration.ofMillis(random.nextInt(2_000)));
          rig.postgres().start();
          long back = System.nanoTime();
          unhealed += isHealed(fleet, history, back) ? 0 : 1;
          healed.add(Math.max(0, history.lastServerError() - back) / 1e9);
          if (cut % 10 == 0 || plan.count() < 10) {
            plan.say("%d ended, last 5xx at most %.2f s".formatted(cut, healed.at(1)));
          }
        }
        ended = traffic.finish(Duration.ofMinutes(3));
      }
      var report =
          new DrillReport()
              .figure("faults", plan.count())
              .figure("killed", killed)
              .figure("restarted", plan.count() - killed);
      healed.into(report, "recovery");
      report
          .demand(ended, "end", "debates are still in flight three minutes after the last")
          .demand(unhealed == 0, "healing", unhealed + " times a node did not get ready again")
          .demand(one.isAlive() && two.isAlive(), "nodes", "a node died with its database")
          .demandInTime(
              healed.at(1) <= LONGEST_5XX, "recovery", "5xx for longer than " + LONGEST_5XX + " s");
      return Aftermath.look(rig, one, history, report);
    }
  }

  private static void end(Rig rig, boolean kill) {
    if (kill) {
      rig.postgres().kill();
    } else {
      rig.postgres().stopFast();
    }
  }

  /** Every node says it is ready, and for a while nobody was answered with 5xx. */
  private static boolean isHealed(Fleet fleet, History history, long back) {
    return Until.isTrue(
        HEALING,
        () ->
            System.nanoTime() - Math.max(history.lastServerError(), back) > QUIET.toNanos()
                && fleet.up().stream().allMatch(NodeProcess::isReady));
  }
}
