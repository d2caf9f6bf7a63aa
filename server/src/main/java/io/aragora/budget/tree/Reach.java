package io.aragora.budget.tree;

import io.aragora.access.Permission;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.util.Map;
import java.util.Set;

/** How far a person reaches beyond the workspace they work in now. */
public interface Reach {
  /** At the machine itself nobody is signed in. */
  Reach NOBODYS =
      new Reach() {
        @Override
        public Map<WorkspaceId, Set<Permission>> of(Tx tx, AccountId person) {
          return Map.of();
        }

        @Override
        public boolean isOperator(Tx tx, AccountId person) {
          return false;
        }
      };

  /** What they may do in each workspace they are a member of; the transaction goes on as theirs. */
  Map<WorkspaceId, Set<Permission>> of(Tx tx, AccountId person);

  /** Whether they run the appliance. */
  boolean isOperator(Tx tx, AccountId person);
}
