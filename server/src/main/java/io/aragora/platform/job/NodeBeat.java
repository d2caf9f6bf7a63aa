package io.aragora.platform.job;

import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import java.time.Duration;
import java.util.List;

/**
 * Says that this node lives, once for all its jobs, and frees the jobs of nodes that no longer do.
 * One small row a node instead of one for each job: it can beat often, so a death shows soon.
 */
final class NodeBeat {
  static final Duration DEAD_AFTER = Duration.ofMillis(2_500);

  private static final System.Logger LOG = System.getLogger(NodeBeat.class.getName());
  private static final Duration LONGEST_GAP = Duration.ofMillis(1_500);

  /** So many deaths in a row may well be the nodes' own. */
  static final int DEATHS_FREE = 3;

  private final Database database;
  private final JobStore store;
  private final String node;
  private long last;
  private long steadySince;

  NodeBeat(Database database, JobStore store, String node) {
    this.database = database;
    this.store = store;
    this.node = node;
  }

  /** Beats once; to be called every half second, by one thread. */
  void beat() {
    try {
      List<JobStore.Lease> silent =
          database.inSystemTransaction(tx -> store.beat(tx, node, DEAD_AFTER.toMillis()));
      if (isSteady(System.nanoTime()) && !silent.isEmpty()) {
        free(silent);
      }
    } catch (DatabaseFault unreachable) {
      LOG.log(System.Logger.Level.DEBUG, "no beat: {0}", unreachable.kind());
    }
  }

  /**
   * Where the database was away, or this node stood still, all others look dead: who has not beaten
   * steadily for as long as a death takes to show is in no position to judge.
   */
  private boolean isSteady(long now) {
    if (last == 0 || now - last > LONGEST_GAP.toNanos()) {
      steadySince = now;
    }
    last = now;
    return now - steadySince >= DEAD_AFTER.toNanos();
  }

  /**
   * A death is not held against the job as a failure. But a job that keeps killing its node without
   * getting on waits longer each time, so that the node can do other work in between.
   */
  private void free(List<JobStore.Lease> silent) {
    for (JobStore.Lease lease : silent) {
      database
          .inSystemTransaction(
              tx -> {
                Doorbell.ring(tx, Jobs.SUBJECT);
                return store.freeAfterDeath(tx, lease, DEATHS_FREE);
              })
          .filter(death -> death.count() > DEATHS_FREE)
          .ifPresent(death -> tell(lease, death));
    }
  }

  private static void tell(JobStore.Lease lease, JobStore.Death death) {
    LOG.log(
        System.Logger.Level.ERROR,
        "{0} {1}: {2} nodes in a row died while they had it; it waits {3} s",
        lease.kind(),
        lease.subject(),
        death.count(),
        death.pauseSeconds());
  }
}
