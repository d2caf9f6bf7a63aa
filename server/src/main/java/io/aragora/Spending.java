package io.aragora;

import io.aragora.access.Permission;
import io.aragora.access.account.Account;
import io.aragora.budget.BudgetRoutes;
import io.aragora.budget.Budgets;
import io.aragora.budget.tree.BudgetTree;
import io.aragora.budget.tree.BudgetTreeRoutes;
import io.aragora.budget.tree.Reach;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Routes;
import io.aragora.workspace.member.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be spent: the budgets, and who pays for whom. */
record Spending(Budgets budgets, BudgetTree tree) {

  static Spending join(Footing footing, Budgets budgets, Workplaces places, People.Ground ground) {
    return new Spending(
        budgets, new BudgetTree(footing.database(), budgets, reach(places), ground.audit()));
  }

  List<Routes> routes() {
    return List.of(new BudgetRoutes(budgets), new BudgetTreeRoutes(tree));
  }

  /** A person reaches as far as their roles do. */
  private static Reach reach(Workplaces places) {
    return new Reach() {
      @Override
      public Map<WorkspaceId, Set<Permission>> of(Tx tx, AccountId person) {
        return places.members().of(tx, person).stream()
            .collect(Collectors.toMap(Membership::workspace, each -> each.role().permissions()));
      }

      @Override
      public boolean isOperator(Tx tx, AccountId person) {
        return places.people().accounts().byId(tx, person).filter(Account::isOperator).isPresent();
      }
    };
  }
}
