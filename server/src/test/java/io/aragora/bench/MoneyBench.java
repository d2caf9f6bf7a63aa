package io.aragora.bench;

import io.aragora.bench.Figures.Label;
import io.aragora.bench.Figures.Target;
import io.aragora.budget.Budgets;
import io.aragora.budget.Caps;
import io.aragora.budget.Charge;
import io.aragora.budget.Hold;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Money moved in one workspace by sixteen threads: holds, settles of one call, releases. */
public final class MoneyBench {
  private static final int THREADS = 16;
  private static final int RUNS = 5;
  private static final int HOLDS = 1_000;
  private static final String SETUP =
      "%d threads, one workspace, %d holds of 4 calls a run, fsync on".formatted(THREADS, HOLDS);

  private final Database database;
  private final Budgets budgets;
  private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());

  private MoneyBench(Database database) {
    this.database = database;
    var most = Money.ofMicro(1_000_000_000_000L);
    this.budgets =
        new Budgets(database, UUID::randomUUID, InstantSource.system(), new Caps(most, most));
  }

  public static void main(String[] none) throws Exception {
    try (var home = BenchHome.open();
        var database = Database.open(home.app(), THREADS)) {
      new MoneyBench(database).measure();
    }
  }

  private void measure() throws InterruptedException {
    database.doInTransaction(workspace, this::insertWorkspace);
    double[][] rates = new double[3][RUNS];
    run();
    for (int at = 0; at < RUNS; at++) {
      double[] run = run();
      for (int kind = 0; kind < rates.length; kind++) {
        rates[kind][at] = run[kind];
      }
    }
    var figures = new Figures("money");
    figures.add(label("holds", "holds a second"), rates[0], new Target.None());
    figures.add(label("settles", "settled calls a second"), rates[1], new Target.None());
    figures.add(label("releases", "releases a second"), rates[2], new Target.None());
    figures.print();
  }

  private void insertWorkspace(io.aragora.platform.db.Tx tx) {
    tx.update(
        "insert into workspace (workspace_id, name, created_at) values (?, 'bench', ?)",
        workspace.value(),
        InstantSource.system().instant());
  }

  private double[] run() throws InterruptedException {
    var open = new ConcurrentLinkedQueue<UUID>();
    double holds = rate(HOLDS, at -> open.add(hold()));
    var reservations = open.toArray(UUID[]::new);
    double settles = rate(HOLDS * 4, at -> settle(reservations[at % reservations.length]));
    double releases =
        rate(
            HOLDS,
            at -> database.inTransaction(workspace, tx -> budgets.release(tx, reservations[at])));
    return new double[] {holds, settles, releases};
  }

  private UUID hold() {
    var hold =
        database.inTransaction(
            workspace,
            tx ->
                budgets.hold(tx, workspace, new DebateId(UUID.randomUUID()), Money.ofMicro(1_000)));
    return ((Hold.Held) hold).reservation();
  }

  private void settle(UUID reservation) {
    var charge =
        new Charge(
            UUID.randomUUID(),
            1,
            "bench",
            "bench-1",
            Tokens.NONE,
            Money.ofMicro(100),
            "prices-1",
            Charge.Kind.CALL);
    database.inTransaction(workspace, tx -> budgets.settle(tx, reservation, charge));
  }

  private static double rate(int times, java.util.function.IntConsumer work)
      throws InterruptedException {
    var next = new AtomicInteger();
    long start = System.nanoTime();
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        pool.execute(
            () -> {
              for (int at = next.getAndIncrement(); at < times; at = next.getAndIncrement()) {
                work.accept(at);
              }
            });
      }
    }
    return times * 1e9 / (System.nanoTime() - start);
  }

  private static Label label(String id, String what) {
    return new Label("money_" + id, what, "per s", SETUP);
  }
}
