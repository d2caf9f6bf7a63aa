package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.audit.AuditLog;
import io.aragora.budget.Budgets;
import io.aragora.budget.tree.BudgetTree;
import io.aragora.budget.tree.Reach;
import io.aragora.cli.admin.TreeDesk;
import io.aragora.kernel.Ids;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.db.Database;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Who pays for whom in a database, opened for one command. */
record LocalTree(Database database, BudgetTree tree) implements TreeDesk {

  static LocalTree open(Settings settings, InstantSource clock) {
    Ids ids = Generators.timeBasedEpochGenerator()::generate;
    var database = Database.openForCommand(settings.database().app(), 2);
    var budgets = new Budgets(database, ids, clock, Limits.caps(settings));
    var audit = new AuditLog(ids, clock, new SecureRandom());
    return new LocalTree(database, new BudgetTree(database, budgets, Reach.NOBODYS, audit));
  }

  @Override
  public void place(WorkspaceId child, WorkspaceId parent) {
    tree.place(child, parent);
  }

  @Override
  public void detach(WorkspaceId child) {
    tree.detach(child);
  }

  @Override
  public void close() {
    database.close();
  }
}
