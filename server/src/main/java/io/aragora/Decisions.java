package io.aragora;

import io.aragora.audit.AuditLog;
import io.aragora.budget.Budgets;
import io.aragora.debate.DebateParts;
import io.aragora.debate.DebateRoutes;
import io.aragora.debate.Debates;
import io.aragora.event.EventFeed;
import io.aragora.event.EventLog;
import io.aragora.event.EventRoutes;
import io.aragora.evidence.EvidenceRoutes;
import io.aragora.evidence.EvidenceShelf;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsFault;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.http.Routes;
import io.aragora.platform.job.Jobs;
import io.aragora.platform.observe.Meters;
import io.aragora.provider.ModelRoutes;
import io.aragora.provider.Providers;
import io.aragora.provider.desk.ProviderRoutes;
import io.aragora.provider.key.ProviderKeys;
import io.aragora.receipt.ReceiptRoutes;
import io.aragora.receipt.Receipts;
import io.aragora.system.Build;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import io.aragora.workspace.WorkspaceExport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What the appliance is for: debates, what they stand on, and the receipts they end in. */
record Decisions(
    Providers providers,
    ProviderKeys providerKeys,
    TransparencyLog log,
    Receipts receipts,
    Budgets budgets,
    EvidenceShelf shelf,
    EventFeed feed,
    Debates debates) {

  /** What all of them need beside the footing. */
  record Ground(
      Footing footing,
      Ids ids,
      InstantSource clock,
      SecureRandom random,
      AuditLog audit,
      Meters meters) {}

  static Decisions join(Settings settings, Ground ground, Build build) {
    Footing footing = ground.footing();
    var database = footing.database();
    var clock = ground.clock();
    var audit = ground.audit();

    var providerKeys = new ProviderKeys(database, footing.secrets(), audit, clock);
    Providers providers = providers(settings, ground, providerKeys);
    TransparencyLog log = log(settings, ground);
    var receipts = new Receipts(database, footing.keys(), log, identity(settings, ground));
    var budgets =
        new Budgets(database, ground.ids(), clock, Limits.caps(settings), ground.meters(), audit);
    var shelf = new EvidenceShelf(database, clock, audit);
    var feed = new EventFeed(database, footing.doorbell());
    var debates =
        new Debates(
            new DebateParts(
                database,
                footing.doorbell(),
                new Jobs(),
                new EventLog(clock),
                feed,
                budgets,
                providers,
                shelf,
                receipts,
                ground.meters(),
                audit,
                ground.ids(),
                clock,
                Limits.debates(settings, build)));
    return new Decisions(providers, providerKeys, log, receipts, budgets, shelf, feed, debates);
  }

  private static TransparencyLog log(Settings settings, Ground ground) {
    KeyRing keys = ground.footing().keys();
    return new TransparencyLog(
        ground.footing().database(),
        keys,
        LogSettings.in(settings.storage().dataDir(), keys.publicKeys().logName()),
        ground.clock(),
        ground.random());
  }

  private static Receipts.Identity identity(Settings settings, Ground ground) {
    return new Receipts.Identity(
        settings.http().publicUrl().toString(), ground.ids(), ground.clock(), ground.random());
  }

  List<Routes> routes(Duration streamLife) {
    return List.of(
        new DebateRoutes(debates),
        new EventRoutes(feed, debates::knows, streamLife),
        new EvidenceRoutes(shelf),
        new ReceiptRoutes(receipts));
  }

  List<Routes> modelRoutes() {
    return List.of(new ModelRoutes(providers), new ProviderRoutes(providers, providerKeys));
  }

  /** What a workspace's export holds beside its people. */
  List<WorkspaceExport> exports() {
    return List.of(
        WorkspaceExport.of(
            "debate",
            debates::list,
            (place, debate) ->
                Map.of("debate", debate, "transcript", debates.transcript(place, debate.id()))),
        WorkspaceExport.of(
            "receipt", receipts::list, (place, receipt) -> receipts.read(place, receipt.id())),
        WorkspaceExport.of(
            "evidence", shelf::list, (place, item) -> shelf.read(place, item.sha256())),
        WorkspaceExport.one("budget", budgets::summary),
        WorkspaceExport.of("ledger_entry", budgets::ledger));
  }

  /** A model without a price cannot be held to a budget: that is the operator's to set. */
  private static Providers providers(Settings settings, Ground ground, ProviderKeys keys) {
    try {
      return new Providers(
          ModelSettings.of(settings.models()),
          ground.footing().egress(),
          ground.clock(),
          new SecureRandom(),
          keys);
    } catch (IllegalArgumentException unusable) {
      throw SettingsFault.of(String.valueOf(unusable.getMessage()));
    }
  }
}
