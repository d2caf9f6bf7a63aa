package io.aragora.drill;

import io.aragora.drill.check.Aftermath;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Spread;
import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Ownership;
import io.aragora.drill.rig.Ownership.Owned;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import io.aragora.drill.rig.Viewer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Kills one of two nodes under 40 running debates. Each debate has a viewer on the node that stays,
 * who may not even have to reconnect, and one on whichever node there is.
 */
final class NodesDrill implements Drill {
  private static final int DEBATES = 40;
  private static final int FIRST_PINNED = 1_000_000;
  private static final Duration LONGEST = Duration.ofMinutes(3);

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String about() {
    return "kills one of two nodes under 40 running debates; viewers of the other miss nothing";
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    var takeover = new Spread();
    var report = new DrillReport().figure("kills", plan.count());
    for (int round = 1; ; round++) {
      try (var rig = Rig.open(plan.seed() + round)) {
        // Slow enough that all are under way at once.
        rig.panel().taking(Duration.ofSeconds(1), Duration.ofSeconds(3));
        boolean last = round == plan.count();
        once(plan, rig, takeover, last ? report : new DrillReport());
        if (last || !report.isMet()) {
          takeover.into(report, "recovery");
          return report;
        }
      }
    }
  }

  private static void once(DrillPlan plan, Rig rig, Spread takeover, DrillReport report)
      throws Exception {
    var history = new History();
    NodeProcess victim = rig.start("victim", NodeOptions.usual());
    NodeProcess survivor = rig.start("survivor", NodeOptions.usual());
    var fleet = new Fleet().with(victim).with(survivor);
    var ownership = new Ownership(rig.database());
    try (var traffic = Traffic.start(fleet, rig.key().secret(), history, DEBATES, DEBATES);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      report.demand(
          Until.isTrue(LONGEST, () -> opened(history).size() == DEBATES), "opened", "not all 40");
      var pinned = new ArrayList<Viewer>();
      var ends = new ArrayList<Future<Boolean>>();
      for (UUID debate : opened(history)) {
        var viewer = new Viewer(FIRST_PINNED + pinned.size(), debate, history);
        pinned.add(viewer);
        ends.add(threads.submit(() -> watch(viewer, survivor, rig)));
      }
      ownership.carries(victim, DEBATES / 4, LONGEST);
      fleet.without(victim);
      victim.kill();
      long dead = System.nanoTime();
      List<Owned> orphans = ownership.of(victim);
      plan.say("killed a node that carried %d of %d debates".formatted(orphans.size(), DEBATES));
      ownership
          .takenUp(orphans, dead, LONGEST)
          .ifPresentOrElse(
              takeover::add, () -> report.demand(false, "recovery", "some were not taken up"));
      boolean ended = traffic.awaitAll(LONGEST);
      int complete = 0;
      for (Future<Boolean> end : ends) {
        complete += end.get(LONGEST.toSeconds(), TimeUnit.SECONDS) ? 1 : 0;
      }
      int reconnected = (int) pinned.stream().filter(each -> each.connections() > 1).count();
      report
          .figure("orphans", orphans.size())
          .figure("ended", traffic.ended())
          .figure("pinned_viewers", pinned.size())
          .figure("pinned_complete", complete)
          .figure("pinned_reconnected", reconnected)
          .demand(!orphans.isEmpty(), "orphans", "the killed node carried nothing")
          .demand(ended && traffic.ended() == DEBATES, "end", "not all debates ended")
          .demand(complete == DEBATES, "viewers", "not all saw the last event")
          .demand(reconnected == 0, "undisturbed", "viewers of the living node were cut off");
    }
    Aftermath.look(rig, survivor, history, report);
  }

  private static boolean watch(Viewer viewer, NodeProcess node, Rig rig) throws IOException {
    var door = new Door(node.url(), rig.key().secret());
    for (int tries = 0; tries < 20; tries++) {
      if (viewer.follow(door, () -> false)) {
        return true;
      }
    }
    return false;
  }

  private static List<UUID> opened(History history) {
    return history.of(OpenAcknowledged.class).map(OpenAcknowledged::debate).distinct().toList();
  }
}
