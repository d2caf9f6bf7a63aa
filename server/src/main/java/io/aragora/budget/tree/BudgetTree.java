package io.aragora.budget.tree;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.budget.Budgets;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts workspaces under others that pay for them too. A placement binds both, so it takes an
 * operator who may change the budgets of both; whoever works at the machine needs no leave.
 */
public final class BudgetTree {
  private final Database database;
  private final Budgets budgets;
  private final Reach reach;
  private final AuditLog audit;
  private final ParentStore store = new ParentStore();

  public BudgetTree(Database database, Budgets budgets, Reach reach, AuditLog audit) {
    this.database = database;
    this.budgets = budgets;
    this.reach = reach;
    this.audit = audit;
  }

  /** What this caller may see of those above and below. */
  public TreeView read(Caller caller) {
    return database.inTransaction(caller.workspace(), tx -> view(tx, caller));
  }

  /** Puts the caller's workspace under another; where it stands already, this changes nothing. */
  public TreeView place(Caller caller, WorkspaceId parent) {
    return database.inTransaction(
        caller.workspace(),
        tx -> {
          Map<WorkspaceId, Set<Permission>> rights = operator(tx, caller);
          mustReach(rights, parent);
          store.lock(tx);
          store.parent(tx, caller.workspace()).ifPresent(former -> mustReach(rights, former));
          put(tx, caller.workspace(), parent);
          return view(tx, caller);
        });
  }

  /** Lets the caller's workspace stand by itself; where it does, this changes nothing. */
  public void detach(Caller caller) {
    database.doInTransaction(
        caller.workspace(),
        tx -> {
          Map<WorkspaceId, Set<Permission>> rights = operator(tx, caller);
          store.lock(tx);
          Optional<WorkspaceId> former = store.parent(tx, caller.workspace());
          former.ifPresent(parent -> mustReach(rights, parent));
          former.ifPresent(parent -> take(tx, caller.workspace(), parent));
        });
  }

  /** As {@link #place(Caller, WorkspaceId)}, by whoever works at the machine. */
  public void place(WorkspaceId child, WorkspaceId parent) {
    database.doInTransaction(
        child,
        tx -> {
          mustBe(tx, child);
          store.lock(tx);
          put(tx, child, parent);
        });
  }

  /** As {@link #detach(Caller)}, by whoever works at the machine. */
  public void detach(WorkspaceId child) {
    database.doInTransaction(
        child,
        tx -> {
          mustBe(tx, child);
          store.lock(tx);
          store.parent(tx, child).ifPresent(parent -> take(tx, child, parent));
        });
  }

  private void put(Tx tx, WorkspaceId child, WorkspaceId parent) {
    Optional<WorkspaceId> former = store.parent(tx, child);
    if (former.equals(Optional.of(parent))) {
      return;
    }
    mustBe(tx, parent);
    budgets.begin(tx, parent);
    tx.enter(child);
    store.place(tx, child, parent);
    former.ifPresent(each -> note(tx, "budget.detach", child, each));
    note(tx, "budget.place", child, parent);
  }

  private void take(Tx tx, WorkspaceId child, WorkspaceId parent) {
    store.remove(tx, child);
    note(tx, "budget.detach", child, parent);
  }

  /** In the books of both; the transaction goes on in the child's. */
  private void note(Tx tx, String action, WorkspaceId child, WorkspaceId parent) {
    AuditNote note =
        AuditNote.of(action, "workspace", child).with("parent", parent.value().toString());
    tx.enter(parent);
    audit.append(tx, parent, note);
    tx.enter(child);
    audit.append(tx, child, note);
  }

  private Map<WorkspaceId, Set<Permission>> operator(Tx tx, Caller caller) {
    AccountId person = caller.person();
    if (!reach.isOperator(tx, person)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "only operators say who pays for whom");
    }
    return reach.of(tx, person);
  }

  private static void mustReach(Map<WorkspaceId, Set<Permission>> rights, WorkspaceId parent) {
    if (!rights.containsKey(parent)) {
      throw unknown(parent);
    }
    if (!rights.getOrDefault(parent, Set.of()).contains(Permission.CHANGE_BUDGET)) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN,
          "this needs the permission %s in %s too"
              .formatted(Permission.CHANGE_BUDGET.wire(), parent));
    }
  }

  /** One that is to be erased pays for nobody new; the transaction goes on in it. */
  private void mustBe(Tx tx, WorkspaceId workspace) {
    tx.enter(workspace);
    if (!store.isOpen(tx, workspace).orElseThrow(() -> unknown(workspace))) {
      throw Refusal.of(ErrorCode.CONFLICT, "workspace %s is to be deleted".formatted(workspace));
    }
  }

  private static Refusal unknown(WorkspaceId workspace) {
    return Refusal.of(ErrorCode.NOT_FOUND, "there is no workspace " + workspace);
  }

  private TreeView view(Tx tx, Caller caller) {
    Map<WorkspaceId, Set<Permission>> rights =
        caller.session().isPresent() ? reach.of(tx, caller.person()) : Map.of();
    List<WorkspaceId> above = store.above(tx, caller.workspace());
    List<WorkspaceId> below = store.below(tx, caller.workspace());
    return new TreeView(shown(tx, above, rights), shown(tx, below, rights));
  }

  private List<TreeView.Place> shown(
      Tx tx, List<WorkspaceId> places, Map<WorkspaceId, Set<Permission>> rights) {
    return places.stream()
        .map(
            place ->
                rights.getOrDefault(place, Set.of()).contains(Permission.READ_BUDGET)
                    ? open(tx, place)
                    : new TreeView.Place(place.value(), null, null))
        .toList();
  }

  private TreeView.Place open(Tx tx, WorkspaceId place) {
    tx.enter(place);
    return new TreeView.Place(
        place.value(), store.name(tx, place).orElse(null), budgets.summary(tx, place));
  }
}
