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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  static final Operation SUMMARY =
      Operation.get("budget.summary", "/api/v1/budget/ledger/summary")
          .about("The ledger added up, dearest first.")
          .needs(Permission.READ_BUDGET)
          .query("by", "string", "day, model or debate; day unless told.")
          .query("since", "string", "RFC 3339 time of the oldest line; 31 days ago unless told.")
          .query("limit", "integer", "Most sums given, 1 to 200; 50 unless told.")
          .gives(200, LedgerSum.Summary.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation ALERTS =
      Operation.get("budget.alerts", "/api/v1/budget/alerts")
          .about(
              "Lines crossed: 50, 75, 90, 100 % of a day's or month's cap, once each; newest first.")
          .needs(Permission.READ_BUDGET)
          .givesPageOf(Alert.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation OVERRIDES =
      Operation.get("budget.overrides", "/api/v1/budget/overrides")
          .about("Who raised the caps, why and until when; newest first.")
          .needs(Permission.READ_BUDGET)
          .givesPageOf(CapOverride.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation RAISE =
      Operation.post("budget.raise", "/api/v1/budget/overrides")
          .about("Raises every cap by an amount until a time at most 31 days away.")
          .needs(Permission.CHANGE_BUDGET)
          .takes(CapOverride.Wish.class)
          .gives(201, CapOverride.class)
          .refuses(ErrorCode.INVALID_QUERY, ErrorCode.CONFLICT);

  static final Operation REVOKE =
      Operation.delete("budget.revoke", "/api/v1/budget/overrides/{id}")
          .about("Ends an override now.")
          .needs(Permission.CHANGE_BUDGET)
          .gives(204, "", "The override has ended.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.INVALID_QUERY);

  private final Budgets budgets;

  public BudgetRoutes(Budgets budgets) {
    this.budgets = budgets;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, this::get),
        new Endpoint(SET, this::set),
        new Endpoint(LEDGER, this::ledger),
        new Endpoint(SUMMARY, this::sums),
        new Endpoint(ALERTS, this::alerts),
        new Endpoint(OVERRIDES, this::overrides),
        new Endpoint(RAISE, this::raise),
        new Endpoint(REVOKE, this::revoke));
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

  private Reply sums(Call call) {
    LedgerSum.By by = by(call.query("by").orElse("day"));
    Optional<Instant> since = call.query("since").map(BudgetRoutes::time);
    return Reply.ok(budgets.sums(Caller.of(call).workspace(), by, since, call.limit()));
  }

  private Reply alerts(Call call) {
    return Reply.ok(budgets.alerts(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply overrides(Call call) {
    return Reply.ok(budgets.overrides(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply raise(Call call) {
    Caller caller = Caller.of(call);
    return Reply.json(
        201,
        budgets.raise(
            caller.workspace(), caller.actor(), call.newId(), call.body(CapOverride.Wish.class)));
  }

  private Reply revoke(Call call) {
    Caller caller = Caller.of(call);
    budgets.revoke(caller.workspace(), caller.actor(), call.pathId("id"));
    return Reply.empty(204);
  }

  private static LedgerSum.By by(String text) {
    return Stream.of(LedgerSum.By.values())
        .filter(by -> by.wire().equals(text))
        .findFirst()
        .orElseThrow(
            () -> Refusal.of(ErrorCode.INVALID_QUERY, "by must be day, model or debate: " + text));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notOne) {
      throw Refusal.of(
          ErrorCode.INVALID_QUERY, "since must be a time like 2026-11-01T00:00:00Z: " + text);
    }
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
