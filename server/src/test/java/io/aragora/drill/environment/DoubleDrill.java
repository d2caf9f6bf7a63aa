package io.aragora.drill.environment;

import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import io.aragora.platform.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many programs press at the same moment: one key makes one debate, ten units make ten. */
public final class DoubleDrill implements Drill {
  private static final String BRIEF = "{\"question\": \"Which way, all at once?\"}";
  private static final int UNITS = 10;

  @Override
  public String name() {
    return "double";
  }

  @Override
  public String about() {
    return "N posts at once with one key make 1 debate; against a cap for 10 they make exactly 10";
  }

  @Override
  public int usualCount() {
    return 500;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      // Nothing may end, and so give money back, while the others still press.
      rig.panel().taking(Duration.ofSeconds(100), Duration.ofSeconds(100));
      var node = rig.start("node-1", NodeOptions.usual());
      var visitor = new Visitor(node, rig.key().secret());
      var ends = new Ends(rig.database());
      var report = new DrillReport();
      String key = "double-" + plan.seed();
      List<Door.Got> same = pressed(plan.count(), number -> open(visitor, key));
      long debates = ends.number("select count(*) as n from debate");
      long ids = same.stream().map(got -> got.json().path("id").asText()).distinct().count();
      plan.say("one key: %s".formatted(counted(same)));
      report
          .figure("same_key_posts", same.size())
          .figure("same_key_debates", debates)
          .demand(debates == 1 && ids == 1, "same key", debates + " debates, " + ids + " ids told");
      cancelAll(visitor);
      cap(visitor, unit(visitor));
      List<Door.Got> capped = pressed(plan.count(), number -> open(visitor, key + "-" + number));
      long opened = capped.stream().filter(got -> got.status() == 202).count();
      plan.say("cap for %d: %s".formatted(UNITS, counted(capped)));
      report
          .figure("capped_posts", capped.size())
          .figure("capped_opened", opened)
          .figure("capped_answers", counted(capped))
          .demand(opened == UNITS, "cap", opened + " were opened under a cap for " + UNITS)
          .demand(
              counted(capped).keySet().equals(java.util.Set.of(202, 402)),
              "answers",
              "other answers than 202 and 402: " + counted(capped));
      cancelAll(visitor);
      return report.findings(ends.invariants(rig), List.of());
    }
  }

  /** A program does as told by retryable answers: it asks again under the same key. */
  private static Door.Got open(Visitor visitor, String key) {
    var got = new Door.Got[1];
    boolean unused =
        Until.isTrue(
            Duration.ofSeconds(90),
            () -> {
              got[0] = visitor.post("/api/v1/debates", BRIEF, "Idempotency-Key", key);
              return got[0].status() != Visitor.UNREACHABLE
                  && !got[0].json().path("retryable").asBoolean();
            });
    return got[0];
  }

  private static List<Door.Got> pressed(int times, IntFunction<Door.Got> press) throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, times)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            start.await();
                            return press.apply(number);
                          }))
              .toList();
      start.countDown();
      var answers = new java.util.ArrayList<Door.Got>();
      for (var each : all) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  /** What one debate sets aside. */
  private static long unit(Visitor visitor) {
    return visitor.post("/api/v1/debates/estimate", BRIEF).json().path("bound").asLong();
  }

  /** What is left of the cap has room for ten and not for eleven. */
  private static void cap(Visitor visitor, long unit) {
    long spent = visitor.get("/api/v1/budget").json().path("spent").asLong();
    String caps =
        Json.object()
            .put("month_cap", spent + UNITS * unit + unit / 2)
            .put("debate_cap", unit)
            .toString();
    Door.Got set = visitor.send("PUT", "/api/v1/budget", caps.getBytes());
    if (set.status() != 200) {
      throw new IllegalStateException("the cap is not set: " + set.text());
    }
  }

  private static void cancelAll(Visitor visitor) {
    for (var each : visitor.get("/api/v1/debates?limit=100").json().path("items")) {
      var debate = UUID.fromString(each.path("id").asText());
      if (each.path("receipt_id").asText("").isEmpty()) {
        visitor.post("/api/v1/debates/" + debate + "/cancel", "");
      }
      visitor.ended(debate, Duration.ofSeconds(30));
    }
  }

  private static Map<Integer, Long> counted(List<Door.Got> answers) {
    return new TreeMap<>(
        answers.stream().collect(Collectors.groupingBy(Door.Got::status, Collectors.counting())));
  }
}
