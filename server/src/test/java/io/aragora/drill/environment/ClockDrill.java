package io.aragora.drill.environment;

import io.aragora.DrillNode;
import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.check.Invariants;
import io.aragora.drill.history.History;
import io.aragora.drill.history.HistoryChecker;
import io.aragora.drill.rig.Fleet;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Traffic;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The wall clocks of two nodes jump while debates run; the database's clock stays right. */
public final class ClockDrill implements Drill {
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(-1),
          Duration.ofDays(1),
          Duration.ofDays(-1),
          Duration.ZERO);
  private static final int IN_FLIGHT = 10;
  private static final Duration PAUSE = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String about() {
    return "the clocks of two nodes jump by an hour or a day, N times, with 10 debates in flight";
  }

  @Override
  public int usualCount() {
    return 40;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    var random = new Random(plan.seed());
    try (var rig = Rig.open(plan.seed())) {
      var clocks = List.of(clock(rig, "clock-1"), clock(rig, "clock-2"));
      var fleet = Fleet.ofReady();
      for (Path clock : clocks) {
        fleet.with(
            rig.start(
                "node-" + clock.getFileName(),
                NodeOptions.usual().flag("-D" + DrillNode.CLOCK_FILE + "=" + clock)));
      }
      var history = new History();
      try (var traffic =
          Traffic.start(fleet, rig.key().secret(), history, IN_FLIGHT, Integer.MAX_VALUE)) {
        for (int jump = 1; jump <= plan.count(); jump++) {
          Until.passed(PAUSE);
          Path clock = clocks.get(random.nextInt(clocks.size()));
          Duration by = JUMPS.get(random.nextInt(JUMPS.size()));
          set(clock, by);
          plan.say(
              "%s is off by %s, %d debates ended"
                  .formatted(clock.getFileName(), by, traffic.ended()));
        }
        Until.passed(PAUSE);
        for (Path clock : clocks) {
          set(clock, Duration.ZERO);
        }
        boolean ended = traffic.finish(Duration.ofMinutes(2));
        return report(plan, rig, history).demand(ended, "end", "debates hang");
      }
    }
  }

  /**
   * The history is not compared by times of day, which were wrong on purpose, but by what was asked
   * twice.
   */
  private static DrillReport report(DrillPlan plan, Rig rig, History history) {
    var ends = new Ends(rig.database());
    long late = ends.number("select count(*) as n from debate where outcome = 'STOPPED_DEADLINE'");
    long given = ends.number("select count(*) as n from debate where owner_epoch > 1");
    long repeated =
        ends.number(
            """
            select count(*) as n
              from (select 1
                      from debate_call
                     group by debate_id, round, seat, move
                    having count(*) > 1) twice
            """);
    ends.settled(rig);
    return new DrillReport()
        .figure("jumps", plan.count())
        .figure("debates", ends.number("select count(*) as n from debate"))
        .figure("lost", HistoryChecker.lost(history).size())
        .figure("asked_again", repeated)
        .figure("stopped_deadline", late)
        // A node whose clock is off says not ready and gives its debates back: the others go on.
        .figure("given_on", given)
        .demand(late == 0, "deadline", late + " debates were stopped by a clock that jumped")
        .demand(repeated == 0, "asked again", repeated + " answers were asked for twice")
        .demand(
            HistoryChecker.lost(history).isEmpty(), "lost", "acknowledged debates have no receipt")
        .findings(
            new Invariants(rig.database(), rig.keys()).check(history, rig.panel().calls()),
            List.of());
  }

  private static Path clock(Rig rig, String name) throws IOException {
    Path file = rig.home().resolve(name);
    set(file, Duration.ZERO);
    return file;
  }

  /** Whole or not at all: a node may be reading. */
  private static void set(Path file, Duration offset) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, offset.toString());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
