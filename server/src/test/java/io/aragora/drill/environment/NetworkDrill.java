package io.aragora.drill.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.environment.BadLine.Quality;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The way to the model server swallows everything, loses connections, or stops halfway. It is a
 * relay that does so: few kernels carry the module that loses single packets.
 */
public final class NetworkDrill implements Drill {
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final int SEVERAL_THREADS = 40;

  @Override
  public String name() {
    return "network";
  }

  @Override
  public String about() {
    return "N debates each with a model server blackholed, behind 30 % loss, and half-open";
  }

  @Override
  public int usualCount() {
    return 20;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed());
        var line = new BadLine(rig.panel().origin(), plan.seed())) {
      rig.panel().taking(Duration.ofMillis(20), Duration.ofMillis(100));
      var models = new ArrayList<String>();
      for (Quality each : Quality.values()) {
        models.add(model(each));
      }
      NodeProcess node =
          rig.start(
              "node-1",
              NodeOptions.usual()
                  .setting("ARAGORA_OPENAI_URL", line.origin() + "/v1")
                  .setting("ARAGORA_OPENAI_MODELS", String.join(",", models))
                  .setting("ARAGORA_EGRESS_ALLOW", line.origin().toString())
                  .setting("ARAGORA_CALL_SECONDS", "5"));
      var report = new DrillReport();
      run(plan, rig, line, node, Quality.GOOD, report);
      long threads = Threads.of(node.pid());
      long files = Threads.descriptors(node.pid());
      for (Quality bad : List.of(Quality.BLACKHOLE, Quality.LOSSY, Quality.HALF_OPEN)) {
        run(plan, rig, line, node, bad, report);
      }
      demandNoPile(node, threads, files, report);
      return report.findings(new Ends(rig.database()).invariants(rig), List.of());
    }
  }

  private static void run(
      DrillPlan plan,
      Rig rig,
      BadLine line,
      NodeProcess node,
      Quality quality,
      DrillReport report) {
    line.becomes(quality);
    var visitor = new Visitor(node, rig.key().secret());
    var ends = new Ends(rig.database());
    var debates = new ArrayList<UUID>();
    for (int number = 0; number < plan.count(); number++) {
      debates.add(visitor.open(brief(quality), LONGEST).orElseThrow());
    }
    var outcomes = new TreeMap<String, Integer>();
    var failures = new TreeSet<String>();
    boolean typed = true;
    for (UUID debate : debates) {
      JsonNode view = visitor.ended(debate, LONGEST);
      outcomes.merge(view.path("outcome").asText("none"), 1, Integer::sum);
      failures.addAll(ends.failures(debate));
      typed &= ends.failuresAreTyped(debate);
    }
    String name = quality.name().toLowerCase(Locale.ROOT);
    plan.say("%-10s %s, seats failed with %s".formatted(name, outcomes, failures));
    report
        .figure(name + "_outcomes", outcomes)
        .figure(name + "_failures", failures)
        .demand(!outcomes.containsKey("none"), name + " end", "debates do not end")
        .demand(typed, name + " typed", "failures " + failures)
        .demand(
            failures.isEmpty() == (quality == Quality.GOOD),
            name + " felt",
            "seats failed with " + failures);
  }

  private static void demandNoPile(NodeProcess node, long threads, long files, DrillReport report)
      throws IOException {
    boolean unused =
        Until.isTrue(Duration.ofSeconds(15), () -> descriptors(node) <= files + SEVERAL_THREADS);
    report
        .figure("threads", threads + " then " + Threads.of(node.pid()))
        .figure("descriptors", files + " then " + Threads.descriptors(node.pid()))
        .demand(Threads.of(node.pid()) <= threads + SEVERAL_THREADS, "threads", "threads pile up")
        .demand(descriptors(node) <= files + SEVERAL_THREADS, "descriptors", "sockets pile up");
  }

  private static long descriptors(NodeProcess node) {
    try {
      return Threads.descriptors(node.pid());
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  private static String model(Quality quality) {
    return "stub-" + quality.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String brief(Quality quality) {
    return """
        {"question": "Which way?", "panel": [{"model": "openai/%1$s"}, {"model": "openai/%1$s"}]}
        """
        .formatted(model(quality));
  }
}
