package io.aragora.drill.environment;

import io.aragora.drill.DrillPlan;
import io.aragora.drill.check.DrillReport;
import io.aragora.drill.rig.NodeProcess;
import io.aragora.drill.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What drills of a scarce thing end with: a node that has enough of it finishes everything. */
final class Pressed {
  private static final Duration HEALED = Duration.ofSeconds(30);

  private final Rig rig;
  private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();

  Pressed(Rig rig) {
    this.rig = rig;
  }

  /** Whether the node's log has these words. */
  static boolean said(NodeProcess node, String words) throws IOException {
    return Files.readString(node.dataDir().resolve("node.log")).contains(words);
  }

  void acknowledged(UUID debate) {
    acknowledged.add(debate);
  }

  int count() {
    return acknowledged.size();
  }

  /** Whether a debate opened now is acknowledged within thirty seconds; how long that took. */
  double healed(NodeProcess node) {
    long start = System.nanoTime();
    var visitor = new Visitor(node, rig.key().secret());
    visitor.open("{\"question\": \"Are you well again?\"}", HEALED).ifPresent(this::acknowledged);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Every acknowledged debate ends with a receipt on this node, and the books agree. */
  DrillReport end(DrillPlan plan, NodeProcess node, DrillReport report) {
    var visitor = new Visitor(node, rig.key().secret());
    long endless =
        acknowledged.stream()
            .filter(
                debate ->
                    visitor
                        .ended(debate, Duration.ofSeconds(60))
                        .path("receipt_id")
                        .asText("")
                        .isEmpty())
            .count();
    plan.say("%d debates were acknowledged, %d did not end".formatted(count(), endless));
    return report
        .figure("acknowledged", count())
        .figure("endless", endless)
        .demand(endless == 0, "lost", endless + " acknowledged debates do not end")
        .findings(new Ends(rig.database()).invariants(rig), List.of());
  }
}
