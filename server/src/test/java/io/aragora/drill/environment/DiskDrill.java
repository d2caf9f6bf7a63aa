package io.aragora.drill.environment;

import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.Door;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import io.aragora.platform.crypto.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** The disk of the node, then the disk of the database, fills up and is freed again. */
public final class DiskDrill implements Drill {
  private static final int NODE_MEGABYTES = 64;
  // A new cluster with its write-ahead log takes about 70 MB before the first row.
  private static final int DATABASE_MEGABYTES = 160;
  private static final int WRITES = 40;
  private static final double HEALS = 30;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public String about() {
    return "fills the node's and the database's disk N times, then frees it; needs root to mount";
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      rig.postgres().stopFast();
      try (var database = Volume.over(rig.home().resolve("postgres/data"), DATABASE_MEGABYTES);
          var own = Volume.over(rig.home().resolve("node-1"), NODE_MEGABYTES)) {
        rig.postgres().start();
        var run = new Run(plan, rig);
        try {
          return run.all(own, database);
        } finally {
          // Nobody may hold a file open on what is unmounted next.
          run.node.kill();
          rig.postgres().close();
        }
      }
    }
  }

  /** One drill under way. */
  private static final class Run {
    private final DrillPlan plan;
    private final Rig rig;
    private final Pressed pressed;
    private final Random random;
    private final DrillReport report = new DrillReport();
    private NodeProcess node;

    Run(DrillPlan plan, Rig rig) throws IOException {
      this.plan = plan;
      this.rig = rig;
      this.node = start();
      this.pressed = new Pressed(rig);
      this.random = new Random(plan.seed());
    }

    DrillReport all(Volume own, Volume database) throws Exception {
      for (int time = 1; time <= plan.count(); time++) {
        pressed.healed(node);
        fill("node", own);
        // The head it wrote last must be one it can go on from.
        node.kill();
        node = start();
        fill("database", database);
      }
      return pressed.end(plan, node, report);
    }

    private NodeProcess start() throws IOException {
      return rig.start("node-1", NodeOptions.usual().setting("ARAGORA_MIN_FREE_DISK_MB", "8"));
    }

    private void fill(String which, Volume volume) throws Exception {
      volume.fill();
      var answers = new TreeMap<Integer, Integer>();
      var reads = new TreeMap<Integer, Integer>();
      var untyped = new TreeMap<String, Integer>();
      for (int number = 0; number < WRITES; number++) {
        Door.Got got = write(number);
        answers.merge(got.status(), 1, Integer::sum);
        if (got.status() >= 500 && got.status() != 507 && got.status() != 503) {
          untyped.merge(got.text(), 1, Integer::sum);
        }
        reads.merge(visitor().get("/api/v1/debates").status(), 1, Integer::sum);
      }
      String ready = readiness();
      boolean survived = alive();
      volume.free();
      if (!survived) {
        // What an operator does: PostgreSQL ends when it cannot write its log.
        rig.postgres().start();
      }
      double seconds = pressed.healed(node);
      plan.say(
          "%s full: writes %s, reads %s, ready %s, PostgreSQL lived %s; healed in %.1f s"
              .formatted(which, answers, reads, ready, survived, seconds));
      report
          .figure(which + "_writes", Map.copyOf(answers))
          .figure(which + "_reads", Map.copyOf(reads))
          .figure(which + "_ready", ready)
          .figure(which + "_postgres_lived", survived)
          .figure(which + "_healed_s", Math.round(seconds * 10) / 10.0)
          .demand(untyped.isEmpty(), which + " writes", "answered with " + untyped)
          .demand(!answers.containsKey(Visitor.UNREACHABLE), which + " answers", "some never came")
          .demand(
              !survived || reads.keySet().equals(java.util.Set.of(200)),
              which + " reads",
              "answered with " + reads)
          .demandInTime(seconds < HEALS, which + " heals", "not within " + HEALS + " s");
    }

    /** A debate, or a text that cannot be compressed away. */
    private Door.Got write(int number) {
      if (number % 4 == 0) {
        Door.Got got = visitor().post("/api/v1/debates", "{\"question\": \"Which way?\"}");
        if (got.status() == 202) {
          pressed.acknowledged(UUID.fromString(got.json().path("id").asText()));
        }
        return got;
      }
      byte[] text = noise();
      return visitor()
          .send(
              "PUT",
              "/api/v1/evidence/" + Sha256.of(text).hex() + "?name=noise.txt",
              text,
              "Content-Type",
              "application/octet-stream");
    }

    private byte[] noise() {
      var text = new byte[200_000];
      for (int at = 0; at < text.length; at++) {
        text[at] = (byte) (' ' + random.nextInt(95));
      }
      return text;
    }

    private boolean alive() {
      return Until.isTrue(
          Duration.ofSeconds(3), () -> visitor().get("/api/v1/debates").status() == 200);
    }

    private String readiness() {
      return "" + visitor().get("/health/ready").status();
    }

    private Visitor visitor() {
      return new Visitor(node, rig.key().secret());
    }
  }
}
