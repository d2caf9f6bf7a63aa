package io.aragora.drill;

import io.aragora.drill.check.Aftermath;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Spread;
import io.aragora.drill.history.History;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.FreePorts;
import io.aragora.drill.rig.Impatient;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Proxy;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replaces two nodes one after the other behind a proxy while clients who retry nothing work. */
final class RollingDrill implements Drill {
  private static final int NODES = 2;
  private static final double LONGEST_STOP = 30;

  @Override
  public String name() {
    return "rolling";
  }

  @Override
  public String about() {
    return "restarts two nodes one after the other (SIGTERM) behind a proxy; no request may fail";
  }

  @Override
  public int usualCount() {
    return 2;
  }

  @Override
  public Map<String, String> options() {
    return Map.of("clients", "how many clients work at once; 8 unless told");
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      List<Integer> ports = FreePorts.take(NODES);
      var nodes = new ArrayList<NodeProcess>();
      for (int at = 0; at < NODES; at++) {
        nodes.add(rig.start("node-" + at, options(ports.get(at))));
      }
      try (var proxy = Proxy.before(ports, rig.home())) {
        return roll(plan, rig, proxy, nodes, ports);
      }
    }
  }

  private static DrillReport roll(
      DrillPlan plan, Rig rig, Proxy proxy, List<NodeProcess> nodes, List<Integer> ports)
      throws Exception {
    var stops = new Spread();
    var door = new Door(proxy.url(), rig.key().secret());
    settle(proxy, rig);
    try (var clients = Impatient.start(door, plan.number("clients", 8))) {
      for (int round = 1; round <= plan.count(); round++) {
        for (int at = 0; at < NODES; at++) {
          Until.passed(Duration.ofSeconds(1));
          stops.add(stop(nodes.get(at)));
          nodes.set(at, restart(rig, nodes.get(at), ports.get(at)));
          settle(proxy, rig);
        }
        plan.say(
            "round %d: %d requests, %d failed"
                .formatted(round, clients.requests(), clients.failures().size()));
      }
      boolean ended = clients.finish(90);
      var report =
          new DrillReport()
              .figure("restarts", plan.count() * NODES)
              .figure("proxy", proxy.name())
              .figure("requests", clients.requests())
              .figure("failed", clients.failures().size())
              .figure("followed", clients.debates())
              .figure("reconnects", clients.reconnects());
      stops.into(report, "stop");
      report
          .demand(ended, "end", "debates are still in flight 90 s after the last restart")
          .demand(clients.debates() > 0, "traffic", "no debate was followed to its receipt")
          .demand(clients.failures().isEmpty(), "failed", counted(clients.failures()))
          .demandInTime(stops.at(1) <= LONGEST_STOP, "stop", "a node took longer than 30 s to end");
      return Aftermath.look(rig, nodes.getFirst(), new History(), report);
    }
  }

  private static String counted(List<String> failures) {
    var counts = new TreeMap<String, Integer>();
    failures.forEach(each -> counts.merge(each, 1, Integer::sum));
    return counts.toString();
  }

  private static double stop(NodeProcess node) {
    long start = System.nanoTime();
    node.terminate();
    node.ended(Duration.ofSeconds(60));
    return (System.nanoTime() - start) / 1e9;
  }

  private static NodeProcess restart(Rig rig, NodeProcess ended, int port) throws IOException {
    return rig.start(ended.name(), options(port).in(ended.dataDir()));
  }

  /** Until the proxy knows of both nodes again: it looks twice, half a second apart. */
  private static void settle(Proxy proxy, Rig rig) {
    Until.passed(Duration.ofSeconds(3));
    var door = new Door(proxy.url(), rig.key().secret());
    if (!Until.isTrue(Duration.ofSeconds(20), () -> isReady(door))) {
      throw new IllegalStateException("no node is ready behind the proxy");
    }
  }

  private static boolean isReady(Door door) {
    try {
      return door.get("/health/ready").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static NodeOptions options(int port) {
    return NodeOptions.usual().setting("ARAGORA_HTTP_PORT", Integer.toString(port));
  }
}
