package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.access.FirstKey;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditTree;
import io.aragora.audit.desk.AuditDesk;
import io.aragora.audit.desk.AuditRoutes;
import io.aragora.audit.retention.Retention;
import io.aragora.audit.retention.RetentionRoutes;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.password.Passwords;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Migrations;
import io.aragora.platform.http.HealthRoutes;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Routes;
import io.aragora.platform.http.server.HttpParts;
import io.aragora.platform.http.server.HttpServer;
import io.aragora.platform.http.spec.SpecRoutes;
import io.aragora.platform.job.JobRunner;
import io.aragora.platform.mail.Mailer;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import io.aragora.platform.observe.MetricsToken;
import io.aragora.platform.observe.Probe;
import io.aragora.platform.observe.ProcessWatch;
import io.aragora.platform.observe.Watch;
import io.aragora.platform.observe.Watching;
import io.aragora.privacy.PrivacyRoutes;
import io.aragora.system.Build;
import io.aragora.system.SystemInfo;
import io.aragora.system.SystemRoutes;
import io.aragora.transparency.LogRoutes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole server: every object made and joined, in reading order. Started on a database whose
 * schema is current; closing it drains: ready turns off, debates are given back, then it ends.
 */
public final class Appliance implements AutoCloseable {
  private final Duration notice;
  private final Footing footing;
  private final AuditTree auditTree;
  private final Retention retention;
  private final Decisions decisions;
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

    footing = Footing.of(settings, clock, random);
    Database database = footing.database();
    var audit = new AuditLog(ids, clock, random);
    auditTree =
        new AuditTree(
            database,
            footing.keys(),
            AuditTree.Place.in(
                settings.storage().dataDir(), footing.keys().publicKeys().logName()));
    retention = new Retention(database, audit, clock);

    decisions =
        Decisions.join(
            settings, new Decisions.Ground(footing, ids, clock, random, audit, meters), build);

    var mailer = new Mailer(database, ids, clock, settings.mail(), footing.mailSeal());
    var ground = new People.Ground(database, ids, clock, audit, new Passwords());
    var totp = SignIns.totp(ground, footing.secrets());
    var people = People.join(settings, ground, totp, mailer);
    access = people.access();
    var means = new SignIns.Means(footing.secrets(), footing.egress());
    var signIns = SignIns.join(settings, ground, people, totp, means);
    var places =
        Workplaces.join(
            settings, new Workplaces.Ground(database, clock, audit, random), people, mailer);
    var spending = Spending.join(footing, decisions.budgets(), places, ground);

    jobs =
        new JobRunner(
            database,
            footing.doorbell(),
            Stream.concat(decisions.debates().workers().stream(), places.workers()).toList(),
            Limits.jobs(settings, footing.joining()));
    health =
        new Health(
            List.of(Probe.database(database), Probe.schema(database, Migrations.carried())),
            List.of(
                Probe.database(database),
                Probe.schema(database, Migrations.carried()),
                footing.joining().keys(footing.keys()),
                footing.joining().clock(),
                footing.secrets().probe(),
                footing.disk(),
                new Probe("receipts", decisions.receipts()::fault),
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
                        Watching.doorbell(database, footing.doorbell()),
                        new ProcessWatch(),
                        footing.joining().skew(),
                        jobs.watched(),
                        decisions.feed().watched(),
                        decisions.providers().watched(),
                        decisions.log().watched(),
                        auditTree.watched(),
                        mailer.watched()))
                .toList());
    var info =
        new SystemInfo(
            Migrations.carried(),
            settings.models().rehearsal() ? SystemInfo.Rehearsal.ON : SystemInfo.Rehearsal.OFF,
            health,
            clock);

    List<Routes> routes =
        rearranged.apply(
            Stream.of(
                    decisions.routes(settings.limits().streamLife()),
                    spending.routes(),
                    decisions.modelRoutes(),
                    people.routes(),
                    List.of(
                        new PrivacyRoutes(Personal.join(ground), people.accounts(), access),
                        new SystemRoutes(info),
                        new LogRoutes(decisions.log(), footing.keys()),
                        new AuditRoutes(new AuditDesk(database, auditTree)),
                        new RetentionRoutes(retention),
                        new HealthRoutes(health)),
                    signIns.routes(),
                    places.routes(decisions.exports(), ids))
                .flatMap(List::stream)
                .toList());
    operations = SpecRoutes.operations(routes);

    decisions.log().start();
    auditTree.start();
    retention.start();
    jobs.start();
    server =
        HttpServer.start(
            Limits.http(settings),
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
    decisions.feed().close();
    server.close();
    join(debates);
    retention.close();
    auditTree.close();
    decisions.log().close();
    footing.close();
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
}
