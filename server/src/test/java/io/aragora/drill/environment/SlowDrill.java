package io.aragora.drill.environment;

import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.MachineCannot;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Clients that send or read as slowly as they can, while others want to be served. */
public final class SlowDrill implements Drill {
  private static final Duration MEASURED = Duration.ofSeconds(15);
  // The server looks at its connections once in a while; ten seconds are its own limit.
  private static final double LONGEST_HALF_OPEN = 10;
  private static final long MOST_BYTES = 64 * 1024;
  // Below this both figures are noise of the machine.
  private static final double NOISE_MILLIS = 20;

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public String about() {
    return "N clients trickle heads and bodies or read no events; others are served as before";
  }

  @Override
  public int usualCount() {
    return 2_000;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    needDescriptors(plan.count() + 500);
    try (var rig = Rig.open(plan.seed())) {
      rig.panel().taking(Duration.ofSeconds(100), Duration.ofSeconds(100));
      var node =
          rig.start(
              "node-1",
              NodeOptions.usual()
                  .flag("-Xmx512m")
                  .setting("ARAGORA_MAX_CONNECTIONS", "" + (2 * plan.count() + 200)));
      var visitor = new Visitor(node, rig.key().secret());
      UUID debate =
          visitor.open("{\"question\": \"Which way?\"}", Duration.ofSeconds(30)).orElseThrow();
      double warm = tail(visitor, MEASURED);
      double baseline = tail(visitor, MEASURED);
      long heapBefore = Heap.afterCollection(node.pid());
      plan.say("alone: p99 %.1f ms (warming up %.1f ms)".formatted(baseline, warm));
      List<SlowClient> clients = new ArrayList<>();
      try {
        for (int number = 0; number < plan.count(); number++) {
          clients.add(
              SlowClient.open(
                  SlowClient.Way.values()[number % 3], node.url(), rig.key().secret(), debate));
        }
        long heapWith = Heap.afterCollection(node.pid());
        double under = tail(visitor, MEASURED);
        var report = report(plan, node, clients, heapWith - heapBefore);
        clients.forEach(SlowClient::close);
        double after = tail(visitor, MEASURED);
        return compared(plan, report, Math.max(baseline, after), under)
            .findings(closed(visitor, debate, rig), List.of());
      } finally {
        clients.forEach(SlowClient::close);
      }
    }
  }

  private static DrillReport report(
      DrillPlan plan, NodeProcess node, List<SlowClient> clients, long heap) {
    boolean cut =
        Until.isTrue(
            Duration.ofSeconds(30),
            () -> clients.stream().filter(SlowClient::isHalfOpen).allMatch(SlowClient::isOver));
    double longest =
        clients.stream()
            .filter(each -> each.isHalfOpen() && each.isOver())
            .mapToDouble(SlowClient::seconds)
            .max()
            .orElse(0);
    long each = heap / plan.count();
    return new DrillReport()
        .figure("clients", plan.count())
        .figure("half_open_longest_s", longest)
        .figure("bytes_a_client", each)
        .figure("refused", clients.stream().filter(SlowClient::wasRefused).count())
        .demand(node.isAlive(), "alive", "the node died")
        .demand(cut, "cut", "half-open requests are still open after 30 s")
        .demandInTime(longest <= LONGEST_HALF_OPEN, "half-open", "one lasted " + longest + " s")
        .demand(each < MOST_BYTES, "bytes", each + " bytes of heap for each slow client");
  }

  /** Against the worse of the two times without slow clients, before and after. */
  private static DrillReport compared(
      DrillPlan plan, DrillReport report, double baseline, double under) {
    plan.say(
        "with %d slow clients: p99 %.1f ms, without %.1f ms"
            .formatted(plan.count(), under, baseline));
    return report
        .figure("baseline_p99_ms", baseline)
        .figure("under_p99_ms", under)
        .demandInTime(
            under < Math.max(2 * baseline, NOISE_MILLIS),
            "p99",
            "p99 is %.1f ms, alone it was %.1f ms".formatted(under, baseline));
  }

  private static java.util.Map<String, String> closed(Visitor visitor, UUID debate, Rig rig) {
    visitor.post("/api/v1/debates/" + debate + "/cancel", "");
    visitor.ended(debate, Duration.ofSeconds(30));
    return new Ends(rig.database()).invariants(rig);
  }

  /** The time that 99 of 100 reads do not exceed, one after another. */
  private static double tail(Visitor visitor, Duration length) {
    var millis = new ArrayList<Double>();
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      int status = visitor.get("/api/v1/debates").status();
      if (status != 200) {
        throw new IllegalStateException("a legitimate read was answered with " + status);
      }
      millis.add((System.nanoTime() - start) / 1e6);
      Until.passed(Duration.ofMillis(10));
    }
    millis.sort(null);
    return Math.round(millis.get((int) (millis.size() * 0.99)) * 10) / 10.0;
  }

  private static void needDescriptors(int count) throws IOException {
    var system =
        (com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    if (system.getMaxFileDescriptorCount() < count) {
      throw new MachineCannot(
          "%d open files are needed and %d allowed; run ulimit -n %d before"
              .formatted(count, system.getMaxFileDescriptorCount(), count));
    }
  }
}
