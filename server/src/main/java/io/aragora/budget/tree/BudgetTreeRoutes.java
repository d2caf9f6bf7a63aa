package io.aragora.budget.tree;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Who pays for whom, over HTTP. */
public final class BudgetTreeRoutes implements Routes {
  static final Operation TREE =
      Operation.get("budget.tree", "/api/v1/budget/tree")
          .about(
              "The workspaces that pay for this one, and those it pays for. Names and money of"
                  + " those whose budget you may read as a member.")
          .needs(Permission.READ_BUDGET)
          .gives(200, TreeView.class);

  static final Operation PLACE =
      Operation.put("budget.place", "/api/v1/budget/parent")
          .about(
              "Puts this workspace under another: what it holds must fit that one's caps too. For"
                  + " operators who may change the budgets of both, signed in.")
          .needs(Permission.CHANGE_BUDGET)
          .takes(Placement.class)
          .gives(200, TreeView.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation DETACH =
      Operation.delete("budget.detach", "/api/v1/budget/parent")
          .about(
              "Lets this workspace stand by itself again. For operators who may change the budgets"
                  + " of both, signed in.")
          .needs(Permission.CHANGE_BUDGET)
          .gives(204, "", "No other workspace pays for this one.")
          .refuses(ErrorCode.NOT_FOUND);

  private final BudgetTree tree;

  public BudgetTreeRoutes(BudgetTree tree) {
    this.tree = tree;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(TREE, call -> Reply.ok(tree.read(Caller.of(call)))),
        new Endpoint(PLACE, this::place),
        new Endpoint(DETACH, this::detach));
  }

  private Reply place(Call call) {
    var parent = new WorkspaceId(call.body(Placement.class).workspaceId());
    return Reply.ok(tree.place(Caller.of(call), parent));
  }

  private Reply detach(Call call) {
    tree.detach(Caller.of(call));
    return Reply.empty(204);
  }
}
