package io.aragora.drill.environment;

import io.aragora.drill.Drill;
import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.NodeOptions;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import io.aragora.drill.rig.Until;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node that may open few files, and more connections than that; they go, it recovers. */
public final class DescriptorsDrill implements Drill {
  private static final int DEBATES = 10;

  @Override
  public String name() {
    return "descriptors";
  }

  @Override
  public String about() {
    return "N connections held against a node that may open 256 files; it recovers when they go";
  }

  @Override
  public int usualCount() {
    return 400;
  }

  @Override
  public DrillReport run(DrillPlan plan) throws Exception {
    try (var rig = Rig.open(plan.seed())) {
      var pressed = new Pressed(rig);
      NodeProcess node =
          rig.start(
              "few",
              NodeOptions.usual()
                  .flag("-XX:+ExitOnOutOfMemoryError")
                  .behind("bash", "-c", "ulimit -n 256; exec \"$@\"", "few"));
      var visitor = new Visitor(node, rig.key().secret());
      for (int number = 0; number < DEBATES; number++) {
        visitor
            .open("{\"question\": \"Which way?\"}", Duration.ofSeconds(30))
            .ifPresent(pressed::acknowledged);
      }
      long most = held(plan, node);
      var report =
          new DrillReport()
              .figure("connections", plan.count())
              .figure("most_descriptors", most)
              .figure("survived", node.isAlive())
              .figure("warned", Pressed.said(node, "raise the limit"))
              .demand(Pressed.said(node, "raise the limit"), "message", "its log names no limit");
      NodeProcess last = node;
      if (node.isAlive()) {
        double seconds = pressed.healed(node);
        report
            .figure("healed_s", seconds)
            .demandInTime(
                seconds < 30, "heal", "the node takes no debates after the connections went");
      }
      if (!node.isAlive() || !report.isMet()) {
        node.kill();
        last = rig.start("many", NodeOptions.usual());
      }
      return pressed.end(plan, last, report);
    }
  }

  /** Holds the connections for five seconds; the most descriptors that were seen. */
  private static long held(DrillPlan plan, NodeProcess node) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    long most = 0;
    try {
      for (int number = 0; number < plan.count(); number++) {
        var socket = new Socket();
        sockets.add(socket);
        try {
          socket.connect(new InetSocketAddress(node.url().getHost(), node.url().getPort()), 500);
        } catch (IOException full) {
          break;
        }
      }
      for (int look = 0; look < 10 && node.isAlive(); look++) {
        most = Math.max(most, Threads.descriptors(node.pid()));
        Until.passed(Duration.ofMillis(500));
      }
      plan.say(
          "%d connections, %d descriptors, the node lives: %s"
              .formatted(sockets.size(), most, node.isAlive()));
      return most;
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }
}
