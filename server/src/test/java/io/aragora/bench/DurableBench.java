package io.aragora.bench;

import io.aragora.Appliance;
import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.platform.config.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Whole debates over HTTP on a PostgreSQL with fsync on: opened, argued by the rehearsal panel,
 * journalled, paid for, told as events, closed with a signed receipt. The models take no time, so
 * what is measured is ours.
 */
public final class DurableBench {
  private static final int RUNS = Scale.runs();

  /** A server that has run for a minute: by then the compiler is done with what is hot. */
  private static final int WARM = Scale.of(2_000);

  private static final String CONTESTED =
      """
      {"question": "Should we roll the new billing tool out to all teams this month? Case %d",
       "context": "It is faster and cheaper. It lacks an audit trail and support is slow. \
      The pilot saved nine hours a week. Two of five users reported that exports failed."}
      """;
  private static final String UNANIMOUS =
      """
      {"question": "Should we renew the backup service? Case %d", "max_rounds": 0,
       "context": "It is reliable and cheap. Users gain from it. It works and it is safe. \
      Restores were tested and all succeeded."}
      """;

  private final DebateClients clients;
  private final DatabaseCounters counters;
  private final Figures figures = new Figures("durable");
  private final Path folder;
  private final int debates;
  private final String setup;

  private DurableBench(BenchHome home, DebateClients clients, int debates, String setup) {
    this.clients = clients;
    this.counters = new DatabaseCounters(home.owner());
    this.folder = home.folder();
    this.debates = debates;
    this.setup = setup;
  }

  /** Debates in a run and clients at once may be told. */
  public static void main(String[] args) throws Exception {
    int debates = args.length > 0 ? Integer.parseInt(args[0]) : Scale.of(200);
    int atOnce = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    try (var home = BenchHome.open();
        var appliance = start(home)) {
      String key = appliance.bootstrap("Bench").key().orElseThrow().secret();
      var bench =
          new DurableBench(
              home,
              new DebateClients(appliance.port(), key, atOnce),
              debates,
              "%d debates a run, %d clients in the same JVM, standard settings"
                  .formatted(debates, atOnce));
      bench.measure();
    }
  }

  private static Appliance start(BenchHome home) {
    var settings =
        Settings.read(
            Map.of(
                "ARAGORA_HTTP_PORT",
                "0",
                "ARAGORA_MANAGEMENT_PORT",
                "0",
                "ARAGORA_DATA_DIR",
                home.folder().toString(),
                "ARAGORA_LOG_LEVEL",
                "warn",
                "ARAGORA_CALLER_RATE",
                "0",
                "ARAGORA_STRANGER_RATE",
                "0"));
    return Appliance.start(settings.on(home.app(), home.owner()), InstantSource.system());
  }

  private void measure() throws Exception {
    double[] ceiling = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      ceiling[run] = counters.commitCeiling();
    }
    figures.add(
        new Label(
            "commit_ceiling",
            "durable commits of one row, server idle",
            "commits/s",
            "10 connections, 2 s a run"),
        ceiling,
        new Target.None());
    clients.run(CONTESTED, WARM);
    measure("contested", CONTESTED, new Target.AtLeast(100), new Target.AtMost(250));
    measure("unanimous", UNANIMOUS, new Target.None(), new Target.None());
    figures.print();
  }

  private void measure(String name, String brief, Target rateTarget, Target tailTarget)
      throws Exception {
    double[] rate = new double[RUNS];
    double[] middle = new double[RUNS];
    double[] tail = new double[RUNS];
    double[] calls = new double[RUNS];
    double[] commits = new double[RUNS];
    double[] server = new double[RUNS];
    double[] database = new double[RUNS];
    List<String> moves = List.of();
    for (int run = 0; run < RUNS; run++) {
      long before = settledCommits();
      double serverBefore = ProcessorTime.ownMillis();
      double databaseBefore = ProcessorTime.millisOfPrograms(folder);
      DebateClients.Run done = clients.run(brief, debates);
      server[run] = (ProcessorTime.ownMillis() - serverBefore) / debates;
      database[run] = (ProcessorTime.millisOfPrograms(folder) - databaseBefore) / debates;
      commits[run] = (double) (settledCommits() - before) / debates;
      moves = clients.moves(done.sample());
      rate[run] = done.perSecond();
      middle[run] = Figures.millis(done.sortedNanos(), 0.50);
      tail[run] = Figures.millis(done.sortedNanos(), 0.95);
      calls[run] = done.perSecond() * moves.size();
    }
    String what = name + " debates of " + moves.size() + " calls";
    String how = setup + "; moves: " + String.join(" ", moves);
    figures.add(new Label(name + "_rate", what, "debates/s", how), rate, rateTarget);
    figures.add(
        new Label(name + "_p50", what + ", POST to closed, p50", "ms", how), middle, none());
    figures.add(
        new Label(name + "_p95", what + ", POST to closed, p95", "ms", how), tail, tailTarget);
    figures.add(
        new Label(name + "_calls", what + ", all journalled", "calls/s", how), calls, none());
    figures.add(
        new Label(name + "_commits", what + ", transactions", "per debate", how), commits, none());
    figures.add(
        new Label(name + "_cpu_server", what + ", processor time of server and clients", "ms", how),
        server,
        none());
    figures.add(
        new Label(name + "_cpu_database", what + ", processor time of PostgreSQL", "ms", how),
        database,
        none());
  }

  private static Target none() {
    return new Target.None();
  }

  /** Sessions tell their counts a second late. */
  private long settledCommits() throws Exception {
    Thread.sleep(1_500);
    return counters.commits();
  }
}
