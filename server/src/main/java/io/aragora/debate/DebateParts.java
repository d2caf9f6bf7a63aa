package io.aragora.debate;

import io.aragora.audit.AuditLog;
import io.aragora.budget.Budgets;
import io.aragora.event.EventFeed;
import io.aragora.event.EventLog;
import io.aragora.evidence.EvidenceShelf;
import io.aragora.kernel.Ids;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.job.Jobs;
import io.aragora.platform.observe.Meters;
import io.aragora.provider.Providers;
import io.aragora.receipt.Receipts;
import java.time.Duration;
import java.time.InstantSource;

/** What debates are made of: the parts below them, and the limits the operator set. */
public record DebateParts(
    Database database,
    Doorbell doorbell,
    Jobs jobs,
    EventLog events,
    EventFeed feed,
    Budgets budgets,
    Providers providers,
    EvidenceShelf evidence,
    Receipts receipts,
    Meters meters,
    AuditLog audit,
    Ids ids,
    InstantSource clock,
    Limits limits) {

  /**
   * How long one call, one round and one debate may take at most, and what one may cost. {@code
   * turnsAtOnce} leaves some of the pool's connections to the people and programs who ask.
   */
  public record Limits(
      Duration call,
      Duration round,
      Duration debate,
      long capMicro,
      int turnsAtOnce,
      String version,
      String gitSha) {}
}
