package io.aragora.drill;

import io.aragora.drill.check.Aftermath;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Spread;
import io.aragora.drill.history.History;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.Island;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Ownership;
import io.aragora.drill.rig.Ownership.Owned;
import io.aragora.drill.rig.Relay;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import io.aragora.drill.rig.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Cuts one of two nodes off from the database, not from models and clients: packets vanish. The
 * other takes its debates over and goes on; after the cut is mended the first gets ready again.
 */
final class PartitionDrill implements Drill {
  private static final int IN_FLIGHT = 16;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final double RECOVERY = 10;
  private static final double READY_AGAIN = 30;

  @Override
  public String name() {
    return "partition";
  }

  @Override
  public String about() {
    return "cuts one of two nodes off from PostgreSQL (needs root); the other takes over";
  }

  @Override
  public Map<String, String> options() {
    return Map.of("seconds", "how long it is cut off; 30 unless told");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var island = Island.make();
        var rig = Rig.open(plan.seed());
        var models = Relay.from(island.here(), rig.panel().port())) {
      rig.panel().taking(Duration.ofMillis(300), Duration.ofMillis(1_000));
      NodeProcess mainland = rig.start("mainland", NodeOptions.usual());
      NodeProcess cutOff = rig.start("island", on(island, rig, models));
      return new Cuts(plan, rig, island, mainland, cutOff).all();
    }
  }

  private static NodeOptions on(Island island, Rig rig, Relay models) {
    String origin = "http://%s:%d".formatted(island.here(), models.port());
    return NodeOptions.usual()
        .behind(island.prefix())
        .setting("ARAGORA_HTTP_HOST", island.there())
        .setting("ARAGORA_MANAGEMENT_HOST", island.there())
        .setting(
            "ARAGORA_DATABASE_URL",
            rig.postgres().app().url().replace("127.0.0.1", island.databaseAddress()))
        .setting("ARAGORA_OPENAI_URL", origin + "/v1")
        .setting("ARAGORA_EGRESS_ALLOW", origin);
  }

  /** One drill under way. */
  private static final class Cuts {
    private final DrillPlan plan;
    private final Rig rig;
    private final Island island;
    private final NodeProcess mainland;
    private final NodeProcess cutOff;
    private final Fleet fleet;
    private final History history = new History();
    private final Ownership ownership;
    private final Spread takeover = new Spread();
    private final Spread ready = new Spread();
    private final DrillReport report = new DrillReport();
    private int orphans;

    Cuts(DrillPlan plan, Rig rig, Island island, NodeProcess mainland, NodeProcess cutOff) {
      this.plan = plan;
      this.rig = rig;
      this.island = island;
      this.mainland = mainland;
      this.cutOff = cutOff;
      this.fleet = new Fleet().with(mainland).with(cutOff);
      this.ownership = new Ownership(rig.database());
    }

    DrillReport all() throws Exception {
      try (var traffic =
          Traffic.start(fleet, rig.key().secret(), history, IN_FLIGHT, Integer.MAX_VALUE)) {
        for (int cut = 1; cut <= plan.count(); cut++) {
          once(traffic);
        }
        report.demand(
            traffic.finish(Duration.ofMinutes(3)),
            "end",
            "debates are still in flight after 3 min");
      }
      report.figure("faults", plan.count()).figure("taken_over", orphans);
      takeover.into(report, "recovery");
      ready.into(report, "ready_again");
      report
          .demand(orphans > 0, "taken_over", "the node that was cut off carried nothing")
          .demandInTime(takeover.at(1) <= RECOVERY, "recovery", "longer than " + RECOVERY + " s")
          .demandInTime(
              ready.at(1) <= READY_AGAIN, "ready_again", "longer than " + READY_AGAIN + " s");
      return Aftermath.look(rig, mainland, history, report);
    }

    private void once(Traffic traffic) {
      ownership.carries(cutOff, 3, LONGEST);
      fleet.without(cutOff);
      island.cut();
      long cut = System.nanoTime();
      List<Owned> owned = ownership.of(cutOff);
      orphans += owned.size();
      int before = traffic.ended();
      Duration time = Duration.ofSeconds(plan.number("seconds", 30));
      ownership
          .takenUp(owned, cut, time)
          .ifPresentOrElse(
              takeover::add,
              () -> {
                Waits.now(rig.database()).forEach(plan::say);
                report.demand(false, "stuck", ownership.left(owned) + " not taken up in " + time);
              });
      Until.passed(time.minusNanos(System.nanoTime() - cut));
      report
          .demand(!cutOff.isReady(), "unready", "a node without its database says it is ready")
          .demand(traffic.ended() > before, "goes_on", "no debate ended on the other node");
      island.mend();
      long mended = System.nanoTime();
      boolean healed = Until.isTrue(LONGEST, cutOff::isReady);
      ready.add((System.nanoTime() - mended) / 1e9);
      plan.say(
          "cut off for %s with %d debates; the other ended %d meanwhile"
              .formatted(time, owned.size(), traffic.ended() - before));
      report.demand(healed, "healing", "the node did not get ready again");
      fleet.with(cutOff);
    }
  }
}
