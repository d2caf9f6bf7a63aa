package io.aragora.audit.retention;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Sequencer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Keeps the words of audit entries as long as their workspace wants, and no longer. */
public final class Retention implements AutoCloseable {
  private static final int AT_ONCE = 5_000;
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final RetentionStore store = new RetentionStore();
  private final Sequencer hourly = new Sequencer("audit-retention", this::sweep, INTERVAL);

  public Retention(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Looks every hour whether another day's words are due to go. */
  public void start() {
    hourly.start();
  }

  RetentionView read(WorkspaceId workspace) {
    return database.inTransaction(workspace, tx -> find(tx, workspace));
  }

  /** Sets how many days words are kept from now on. */
  RetentionView set(WorkspaceId workspace, RetentionView.Wish wish) {
    return database.inTransaction(
        workspace,
        tx -> {
          RetentionView before = find(tx, workspace);
          if (Objects.equals(before.days(), wish.days())) {
            return before;
          }
          store.set(tx, workspace, wish.days());
          audit.append(
              tx,
              workspace,
              AuditNote.of("retention.set", "workspace", workspace)
                  .from(new RetentionView.Wish(before.days()))
                  .to(wish)
                  .with("days", wish.days() == null ? "for ever" : wish.days().toString()));
          return find(tx, workspace);
        });
  }

  /** Erases in every workspace what its days are over; again on the same day does nothing. */
  public void sweep() {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    for (RetentionStore.Limited each : database.inAuditTransaction(store::limited)) {
      Instant from = each.erasedUntil().orElse(Instant.EPOCH);
      Instant until = today.minus(Duration.ofDays(each.days()));
      if (from.isBefore(until)) {
        database.doInTransaction(each.workspace(), tx -> erase(tx, each.workspace(), from, until));
      }
    }
  }

  @Override
  public void close() {
    hourly.close();
  }

  /** All in one transaction: the entry that says so, and the words. */
  private void erase(Tx tx, WorkspaceId workspace, Instant from, Instant until) {
    if (store.take(tx, workspace, until) && audit.permitErasing(tx, workspace, from, until)) {
      int erased = AT_ONCE;
      while (erased == AT_ONCE) {
        erased = audit.eraseWords(tx, workspace, from, until, AT_ONCE);
      }
    }
  }

  private RetentionView find(Tx tx, WorkspaceId workspace) {
    return store.find(tx, workspace).orElseGet(() -> new RetentionView(null, null));
  }
}
