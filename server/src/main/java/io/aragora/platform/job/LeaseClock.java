package io.aragora.platform.job;

import com.github.kagkarlsson.scheduler.Clock;
import io.aragora.platform.db.Database;
import java.time.Instant;

/**
 * The database's time, counted on by this node's monotonic clock. Leases of all nodes are timed by
 * it, so a node whose own clock is wrong neither steals jobs nor loses them.
 */
final class LeaseClock implements Clock {
  private record Mark(Instant time, long nanos) {}

  private final Database database;
  private final JobStore store;
  private volatile Mark mark;

  LeaseClock(Database database, JobStore store) {
    this.database = database;
    this.store = store;
    this.mark = read();
  }

  /** Reads the database's time again. */
  void set() {
    mark = read();
  }

  @Override
  public Instant now() {
    Mark last = mark;
    return last.time().plusNanos(System.nanoTime() - last.nanos());
  }

  private Mark read() {
    long before = System.nanoTime();
    return new Mark(database.inSystemTransaction(store::now), before);
  }
}
