package io.aragora.budget;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Caps, holds, spending and the ledger over HTTP. */
public final class BudgetRoutes implements Routes {
  static final Operation GET =
      Operation.get("budget.get", "/api/v1/budget")
          .about("This month's caps, what is held and spent, and what is left.")
          .needs(Permission.READ_BUDGET)
          .gives(200, BudgetView.class);

  static final Operation SET =
      Operation.put("budget.set", "/api/v1/budget")
          .about("Sets the caps. A lower cap stops new debates; those that run may finish.")
          .needs(Permission.CHANGE_BUDGET)
          .takes(Caps.class)
          .header("If-Match", "The ETag of the budget read before; without it, whatever it was.")
          .gives(200, BudgetView.class)
          .refuses(ErrorCode.PRECONDITION_FAILED, ErrorCode.INVALID_QUERY);

  static final Operation LEDGER =
      Operation.get("budget.ledger", "/api/v1/budget/ledger")
          .about("Every call paid, newest first.")
          .needs(Permission.READ_BUDGET)
          .givesPageOf(LedgerEntry.class)
          .refuses(ErrorCode.INVALID_QUERY);

  private final Budgets budgets;

  public BudgetRoutes(Budgets budgets) {
    this.budgets = budgets;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, this::get),
        new Endpoint(SET, this::set),
        new Endpoint(LEDGER, this::ledger));
  }

  private Reply get(Call call) {
    return reply(budgets.summary(Caller.of(call).workspace()));
  }

  private Reply set(Call call) {
    var workspace = Caller.of(call).workspace();
    var caps = call.body(Caps.class);
    return reply(
        call.header("If-Match")
            .filter(tag -> !tag.equals("*"))
            .map(tag -> budgets.setCaps(workspace, caps, version(tag)))
            .orElseGet(() -> budgets.setCaps(workspace, caps)));
  }

  private Reply ledger(Call call) {
    return Reply.ok(budgets.ledger(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private static Reply reply(BudgetView view) {
    return Reply.ok(view).with("ETag", "\"" + view.version() + "\"");
  }

  private static long version(String tag) {
    if (!tag.matches("\"[0-9]{1,18}\"")) {
      throw Refusal.of(ErrorCode.INVALID_QUERY, "If-Match must be an ETag of the budget: " + tag);
    }
    return Long.parseLong(tag.substring(1, tag.length() - 1));
  }
}
