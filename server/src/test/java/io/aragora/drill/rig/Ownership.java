package io.aragora.drill.rig;

import io.aragora.platform.db.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which node carries which debate, as the job table says. */
public final class Ownership {
  private final Database database;

  public Ownership(Database database) {
    this.database = database;
  }

  /** A debate in the hands of a node, at a count of take-ups. */
  public record Owned(String debate, String node, long epoch) {}

  /** What this node owns now, dead or alive. */
  public List<Owned> of(NodeProcess node) {
    String name = node.nameAmongJobs();
    return owned().stream().filter(each -> each.node().equals(name)).toList();
  }

  /** Waits until the node carries so many debates. */
  public boolean carries(NodeProcess node, int debates, Duration longest) {
    return Until.isTrue(longest, () -> of(node).size() >= debates);
  }

  /**
   * Seconds since {@code startNanos} until each of these debates was taken up by another node or
   * was closed; empty if that did not happen in time.
   */
  public Optional<Double> takenUp(List<Owned> orphans, long startNanos, Duration longest) {
    return Until.isTrue(longest, () -> left(orphans).isEmpty())
        ? Optional.of((System.nanoTime() - startNanos) / 1e9)
        : Optional.empty();
  }

  /** Those that nobody has taken up or closed yet. */
  public List<Owned> left(List<Owned> orphans) {
    Map<String, Long> epochs = epochsOfOpen();
    return orphans.stream()
        .filter(each -> epochs.getOrDefault(each.debate(), Long.MAX_VALUE) <= each.epoch())
        .toList();
  }

  private Map<String, Long> epochsOfOpen() {
    return database.inSystemTransaction(
        tx -> {
          var all = new HashMap<String, Long>();
          tx.list(
                  "select debate_id, owner_epoch from debate where state <> 'closed'",
                  row -> Map.entry(row.uuid("debate_id").toString(), row.number("owner_epoch")))
              .forEach(each -> all.put(each.getKey(), each.getValue()));
          return all;
        });
  }

  private List<Owned> owned() {
    return database.inSystemTransaction(
        tx ->
            tx.list(
                """
                select j.task_instance, j.picked_by, d.owner_epoch
                  from scheduled_tasks j
                  join debate d on d.debate_id = j.task_instance::uuid
                 where j.task_name = 'debate'
                   and j.picked
                   and d.state <> 'closed'
                """,
                row ->
                    new Owned(
                        row.text("task_instance"),
                        row.text("picked_by"),
                        row.number("owner_epoch"))));
  }
}
