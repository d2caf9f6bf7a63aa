package io.aragora.budget;

import io.aragora.audit.AuditLog;
import io.aragora.budget.tree.BudgetTree;
import io.aragora.budget.tree.Reach;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Budgets on a settable clock, with the moves that tests make in one word each. */
final class BudgetBook {
  final TestDatabase test = TestDatabase.shared();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  final Budgets budgets;
  final BudgetTree tree;

  BudgetBook(Caps defaults) {
    this.budgets = new Budgets(test.database(), UUID::randomUUID, now::get, defaults);
    this.tree =
        new BudgetTree(
            test.database(),
            budgets,
            Reach.NOBODYS,
            new AuditLog(UUID::randomUUID, now::get, new SecureRandom()));
  }

  Hold hold(WorkspaceId workspace, long amount) {
    return test.database()
        .inTransaction(
            workspace,
            tx ->
                budgets.hold(
                    tx, workspace, new DebateId(UUID.randomUUID()), Money.ofMicro(amount)));
  }

  UUID held(WorkspaceId workspace, long amount) {
    return ((Hold.Held) hold(workspace, amount)).reservation();
  }

  Settled settle(WorkspaceId workspace, UUID reservation, long amount) {
    return test.database()
        .inTransaction(workspace, tx -> budgets.settle(tx, reservation, charge(amount)));
  }

  Money release(WorkspaceId workspace, UUID reservation) {
    return test.database().inTransaction(workspace, tx -> budgets.release(tx, reservation));
  }

  static Charge charge(long actual) {
    return new Charge(
        UUID.randomUUID(),
        1,
        "rehearsal",
        "rehearsal-1",
        new Tokens(10, 20),
        Money.ofMicro(actual),
        "prices-1",
        Charge.Kind.CALL);
  }

  static Caps caps(long month, long debate, long day) {
    return new Caps(Money.ofMicro(month), Money.ofMicro(debate), Money.ofMicro(day));
  }

  /** Sixteen at a time: more than that would only wait for connections. */
  static <T> List<T> parallel(int times, IntFunction<Callable<T>> work)
      throws InterruptedException, ExecutionException {
    try (var pool = Executors.newFixedThreadPool(16)) {
      var running = new ArrayList<Future<T>>();
      for (int at = 0; at < times; at++) {
        running.add(pool.submit(work.apply(at)));
      }
      var done = new ArrayList<T>();
      for (Future<T> each : running) {
        done.add(each.get());
      }
      return done;
    }
  }
}
