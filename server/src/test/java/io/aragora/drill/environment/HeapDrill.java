package io.aragora.drill.environment;

import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A node with far too little heap for what it is asked; one with enough finishes the work. */
public final class HeapDrill implements Drill {
  private static final int LARGE = 60_000;
  // What the JVM ends with under -XX:+ExitOnOutOfMemoryError, as operators run it.
  private static final int OUT_OF_MEMORY = 3;

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public String about() {
    return "N large debates at once on a node of 64 MB; it says no or ends, nothing is lost";
  }

  @Override
  public int usualCount() {
    return 200;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      var pressed = new Pressed(rig);
      NodeProcess small =
          rig.start(
              "small", NodeOptions.usual().flag("-Xmx64m").flag("-XX:+ExitOnOutOfMemoryError"));
      var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
      String brief = brief();
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int number = 0; number < plan.count(); number++) {
          clients.submit(
              () -> {
                var got = new Visitor(small, rig.key().secret()).post("/api/v1/debates", brief);
                answers.computeIfAbsent(got.status(), any -> new AtomicInteger()).incrementAndGet();
                if (got.status() == 202) {
                  pressed.acknowledged(java.util.UUID.fromString(got.json().path("id").asText()));
                }
              });
        }
      }
      plan.say("answers %s, the node lives: %s".formatted(answers, small.isAlive()));
      var report = new DrillReport().figure("answers", answers).figure("survived", small.isAlive());
      return pressed.end(plan, recovered(small, rig, report, pressed), report);
    }
  }

  private static NodeProcess recovered(
      NodeProcess small, Rig rig, DrillReport report, Pressed pressed) throws IOException {
    if (small.isAlive()) {
      double seconds = pressed.healed(small);
      report
          .figure("healed_s", seconds)
          .demandInTime(seconds < 30, "heal", "the node does not take debates again");
    }
    if (!small.isAlive()) {
      int code = small.ended(Duration.ofSeconds(1));
      report
          .figure("exit_code", code)
          .demand(code == OUT_OF_MEMORY, "exit", "it ended with " + code)
          .demand(
              Pressed.said(small, "OutOfMemoryError"),
              "message",
              "its log does not say why it ended");
    }
    small.kill();
    return rig.start("enough", NodeOptions.usual());
  }

  private static String brief() {
    return Json.object()
        .put("question", "Which way?")
        .put("context", "It is faster. It lacks an audit trail. ".repeat(LARGE / 39))
        .toString();
  }
}
