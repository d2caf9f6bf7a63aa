package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.access.AccessRoutes;
import io.aragora.access.FirstKey;
import io.aragora.access.KeyPerson;
import io.aragora.access.KeyRoutes;
import io.aragora.access.account.AccountPerson;
import io.aragora.access.account.AccountRoutes;
import io.aragora.access.oidc.OidcPerson;
import io.aragora.access.passkey.PasskeyPerson;
import io.aragora.access.session.SessionPerson;
import io.aragora.access.session.SessionRoutes;
import io.aragora.access.totp.TotpPerson;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditPerson;
import io.aragora.audit.AuditTree;
import io.aragora.audit.desk.AuditDesk;
import io.aragora.audit.desk.AuditRoutes;
import io.aragora.audit.retention.Retention;
import io.aragora.audit.retention.RetentionRoutes;
import io.aragora.budget.BudgetRoutes;
import io.aragora.budget.Budgets;
import io.aragora.budget.Caps;
import io.aragora.budget.OverridePerson;
import io.aragora.debate.DebateParts;
import io.aragora.debate.DebateRoutes;
import io.aragora.debate.Debates;
import io.aragora.debate.person.DebatePerson;
import io.aragora.event.EventFeed;
import io.aragora.event.EventLog;
import io.aragora.event.EventRoutes;
import io.aragora.evidence.EvidenceRoutes;
import io.aragora.evidence.EvidenceShelf;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsFault;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.KnownSchema;
import io.aragora.platform.db.Migrations;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import io.aragora.platform.http.HealthRoutes;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Routes;
import io.aragora.platform.http.safety.Exposure;
import io.aragora.platform.http.safety.Rates;
import io.aragora.platform.http.server.HttpOptions;
import io.aragora.platform.http.server.HttpParts;
import io.aragora.platform.http.server.HttpServer;
import io.aragora.platform.http.spec.SpecRoutes;
import io.aragora.platform.job.JobLimits;
import io.aragora.platform.job.JobRunner;
import io.aragora.platform.job.Jobs;
import io.aragora.platform.mail.MailPerson;
import io.aragora.platform.mail.MailSeal;
import io.aragora.platform.mail.Mailer;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.aragora.platform.observe.MetricsToken;
import io.aragora.platform.observe.Probe;
import io.aragora.platform.observe.ProcessWatch;
import io.aragora.platform.observe.Watch;
import io.aragora.platform.observe.Watching;
import io.aragora.platform.secret.SecretBox;
import io.aragora.privacy.Privacy;
import io.aragora.privacy.PrivacyRoutes;
import io.aragora.provider.ModelRoutes;
import io.aragora.provider.Providers;
import io.aragora.provider.desk.ProviderRoutes;
import io.aragora.provider.key.ProviderKeys;
import io.aragora.receipt.ReceiptRoutes;
import io.aragora.receipt.Receipts;
import io.aragora.system.Build;
import io.aragora.system.SystemInfo;
import io.aragora.system.SystemRoutes;
import io.aragora.system.node.Joining;
import io.aragora.transparency.LogRoutes;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import io.aragora.workspace.WorkspaceExport;
import io.aragora.workspace.invite.InvitePerson;
import io.aragora.workspace.member.MemberPerson;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole server: every object made and joined, in reading order. Started on a database whose
 * schema is current; closing it drains: ready turns off, debates are given back, then it ends.
 */
public final class Appliance implements AutoCloseable {
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(30);

  private final Duration notice;
  private final Database database;
  private final Doorbell doorbell;
  private final Egress egress;
  private final TransparencyLog log;
  private final AuditTree auditTree;
  private final Retention retention;
  private final EventFeed feed;
  private final JobRunner jobs;
  private final Access access;
  private final Health health;
  private final Watch watch;
  private final List<Operation> operations;
  private final HttpServer server;

  private Appliance(
      Settings settings, InstantSource clock, UnaryOperator<List<Routes>> rearranged) {
    notice = settings.limits().drainNotice();
    var random = new SecureRandom();
    Ids ids = Generators.timeBasedEpochRandomGenerator(random)::generate;
    Build build = Build.read();
    Meters meters =
        Meters.create(
            Optional.ofNullable(settings.management().metricsToken())
                .map(token -> MetricsToken.of(token.value()))
                .orElse(MetricsToken.NONE));

    database = Database.open(settings.database().app(), settings.database().poolSize());
    var joining = new Joining(database, DATABASE_PATIENCE, clock);
    var disk =
        Probe.disk(settings.storage().dataDir(), settings.storage().minFreeMegabytes() * 1_048_576);
    KeyRing keys = join(joining, disk, settings, random);
    SecretBox secrets = secrets(settings, clock, random);
    var audit = new AuditLog(ids, clock, random);
    doorbell = Doorbell.open(settings.database().app());
    egress = new Egress(EgressPolicy.allowing(new HashSet<>(settings.models().egressAllow())));
    var providerKeys = new ProviderKeys(database, secrets, audit, clock);
    Providers providers = providers(settings, egress, clock, providerKeys);

    log = new TransparencyLog(database, keys, logSettings(settings, keys), clock, random);
    var receipts =
        new Receipts(
            database,
            keys,
            log,
            new Receipts.Identity(settings.http().publicUrl().toString(), ids, clock, random));
    auditTree =
        new AuditTree(
            database,
            keys,
            AuditTree.Place.in(settings.storage().dataDir(), keys.publicKeys().logName()));
    retention = new Retention(database, audit, clock);
    var events = new EventLog(clock);
    feed = new EventFeed(database, doorbell);
    var budgets =
        new Budgets(
            database,
            ids,
            clock,
            new Caps(settings.caps().month(), settings.caps().debate(), settings.caps().day()),
            meters,
            audit);
    var shelf = new EvidenceShelf(database, clock, audit);
    var debates =
        new Debates(
            new DebateParts(
                database,
                doorbell,
                new Jobs(),
                events,
                feed,
                budgets,
                providers,
                shelf,
                receipts,
                meters,
                audit,
                ids,
                clock,
                limits(settings, build)));
    var mailer = new Mailer(database, ids, clock, settings.mail(), mailSeal(secrets));
    var ground = new People.Ground(database, ids, clock, audit, new Passwords());
    var totp = SignIns.totp(ground, secrets);
    var people = People.join(settings, ground, totp, mailer);
    access = people.access();
    var signIns = SignIns.join(settings, ground, people, totp, new SignIns.Means(secrets, egress));
    var places =
        Workplaces.join(
            settings, new Workplaces.Ground(database, clock, audit, random), people, mailer);

    var privacy =
        new Privacy(
            database,
            audit,
            clock,
            List.of(
                new MemberPerson(),
                new KeyPerson(clock),
                new DebatePerson(),
                new OverridePerson(),
                ProviderKeys.person(),
                new AuditPerson(audit),
                new InvitePerson(),
                new MailPerson(),
                new SessionPerson(),
                new TotpPerson(),
                new PasskeyPerson(),
                new OidcPerson(),
                new AccountPerson()));

    jobs =
        new JobRunner(
            database,
            doorbell,
            Stream.concat(Stream.of(debates.worker()), places.workers()).toList(),
            new JobLimits(
                settings.debates().atOnce(), settings.limits().drain(), joining.clock().fault()));

    health =
        new Health(
            List.of(Probe.database(database), Probe.schema(database, Migrations.carried())),
            List.of(
                Probe.database(database),
                Probe.schema(database, Migrations.carried()),
                joining.keys(keys),
                joining.clock(),
                secrets.probe(),
                disk,
                new Probe("receipts", receipts::fault),
                auditTree.probe()));
    watch =
        new Watch(
            meters,
            Stream.concat(
                    Watching.certificates(settings.database().app()).stream(),
                    Stream.of(
                        Watching.readiness(health, build.version(), Migrations.carried()),
                        Watching.disk(settings.storage().dataDir()),
                        Watching.pool(database),
                        Watching.doorbell(database, doorbell),
                        new ProcessWatch(),
                        joining.skew(),
                        jobs.watched(),
                        feed.watched(),
                        providers.watched(),
                        log.watched(),
                        auditTree.watched(),
                        mailer.watched()))
                .toList());
    var info =
        new SystemInfo(
            Migrations.carried(),
            settings.models().rehearsal() ? SystemInfo.Rehearsal.ON : SystemInfo.Rehearsal.OFF,
            health,
            clock);
    List<Routes> fixed =
        List.of(
            new DebateRoutes(debates),
            new EventRoutes(feed, debates::knows, settings.limits().streamLife()),
            new EvidenceRoutes(shelf),
            new ReceiptRoutes(receipts),
            new BudgetRoutes(budgets),
            new ModelRoutes(providers),
            new ProviderRoutes(providers, providerKeys),
            new AccessRoutes(people.sessions()),
            new AccountRoutes(people.accounts()),
            new SessionRoutes(people.sessions()),
            new KeyRoutes(access),
            new PrivacyRoutes(privacy),
            new SystemRoutes(info),
            new LogRoutes(log, keys),
            new AuditRoutes(new AuditDesk(database, auditTree)),
            new RetentionRoutes(retention),
            new HealthRoutes(health));
    List<Routes> routes =
        rearranged.apply(
            Stream.of(
                    fixed,
                    signIns.routes(),
                    places.routes(exports(debates, receipts, shelf, budgets), ids))
                .flatMap(List::stream)
                .toList());
    operations = SpecRoutes.operations(routes);

    log.start();
    auditTree.start();
    retention.start();
    jobs.start();
    server =
        HttpServer.start(
            options(settings),
            Stream.concat(routes.stream(), Stream.of(new SpecRoutes(routes, build.version())))
                .toList(),
            new HttpParts(
                access.security(List.of(people.sessions()), places.workspaces()::standing),
                database,
                health,
                meters,
                ids,
                clock,
                build.version()));
    watch.start();
  }

  /** Starts serving, or throws with what is wrong. */
  public static Appliance start(Settings settings, InstantSource clock) {
    return new Appliance(settings, clock, UnaryOperator.identity());
  }

  /** With some operation made wrong on purpose, so that tests can show that they notice. */
  static Appliance startWrong(
      Settings settings, InstantSource clock, UnaryOperator<List<Routes>> wrong) {
    return new Appliance(settings, clock, wrong);
  }

  /** Makes the first workspace and its key; a second call makes nothing. */
  public FirstKey bootstrap(String workspaceName) {
    return access.bootstrap(workspaceName);
  }

  /** Everything the server can be asked, as it describes itself. */
  public List<Operation> operations() {
    return operations;
  }

  public int port() {
    return server.port();
  }

  public int managementPort() {
    return server.managementPort();
  }

  /**
   * Drains: not ready from now on, and no new debates; what comes is answered while proxies notice;
   * then streams end, requests are turned away, and debates let go at their next step.
   */
  @Override
  public void close() {
    health.drain();
    Thread debates = Thread.ofVirtual().name("drain-jobs").start(jobs::close);
    wait(notice);
    watch.close();
    health.turnAway();
    feed.close();
    server.close();
    join(debates);
    retention.close();
    auditTree.close();
    log.close();
    egress.close();
    doorbell.close();
    database.close();
  }

  /** Refuses a node that does not fit its database before it signs or migrates anything. */
  private KeyRing join(Joining joining, Probe disk, Settings settings, SecureRandom random) {
    try {
      joining.requireSchema(KnownSchema.upTo(settings.storage().schemaAhead()));
      KeyRing keys =
          joining.openKeys(
              settings.storage().dataDir().resolve("keys"),
              random,
              own -> TransparencyLog.isSignedBy(database, own));
      Joining.require(disk);
      return keys;
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  /** What a workspace's export holds beside its people. */
  private static List<WorkspaceExport> exports(
      Debates debates, Receipts receipts, EvidenceShelf shelf, Budgets budgets) {
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

  /** Mail waits in the database: links in it sign people in, so it waits sealed. */
  private static MailSeal mailSeal(SecretBox secrets) {
    return new MailSeal() {
      @Override
      public byte[] seal(String where, byte[] plain) {
        return secrets.sealOwn(where, plain);
      }

      @Override
      public byte[] open(String where, byte[] sealed) {
        return secrets.openOwn(where, sealed);
      }
    };
  }

  /** Refuses a node that lacks the key files in force. */
  private SecretBox secrets(Settings settings, InstantSource clock, SecureRandom random) {
    try {
      var folder = settings.storage().dataDir().resolve("keys");
      return SecretBox.open(database, folder, clock, random);
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  private static void wait(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** A model without a price cannot be held to a budget: that is the operator's to set. */
  private static Providers providers(
      Settings settings, Egress egress, InstantSource clock, ProviderKeys keys) {
    try {
      return new Providers(
          ModelSettings.of(settings.models()), egress, clock, new SecureRandom(), keys);
    } catch (IllegalArgumentException unusable) {
      throw SettingsFault.of(String.valueOf(unusable.getMessage()));
    }
  }

  private static HttpOptions options(Settings settings) {
    return HttpOptions.standard(
            settings.http().host(),
            settings.http().port(),
            settings.management().host(),
            settings.management().port())
        .withLimits(
            settings.limits().connections(),
            settings.limits().requests(),
            settings.limits().connections() / 2)
        .withDeadlines(settings.limits().arrival(), settings.limits().arrival())
        .withShutdownGrace(settings.limits().drain().dividedBy(2))
        .withExposure(
            Exposure.at(
                settings.http().publicUrl(),
                new Rates(settings.limits().callerRate(), settings.limits().strangerRate())));
  }

  private static DebateParts.Limits limits(Settings settings, Build build) {
    return new DebateParts.Limits(
        settings.debates().call(),
        settings.debates().round(),
        settings.debates().debate(),
        settings.caps().debate().micro(),
        Math.max(1, settings.database().poolSize() * 6 / 10),
        build.version(),
        build.commit());
  }

  private static LogSettings logSettings(Settings settings, KeyRing keys) {
    return LogSettings.in(settings.storage().dataDir(), keys.publicKeys().logName());
  }
}
