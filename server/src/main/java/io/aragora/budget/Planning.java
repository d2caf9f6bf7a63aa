package io.aragora.budget;

import io.aragora.audit.AuditLog;
import io.aragora.audit.AuditNote;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.Meters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a workspace may spend: its caps, what overrides add to them, and how they stand. */
final class Planning {
  static final DateTimeFormatter PERIOD =
      DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);
  static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  private static final Duration LONGEST_OVERRIDE = Duration.ofDays(31);
  private static final int MOST_OVERRIDES = 20;

  private final BudgetStore store;
  private final AlertStore alerts = new AlertStore();
  private final OverrideStore overrides;
  private final InstantSource clock;
  private final Caps defaults;
  private final Meters meters;
  private final AuditLog audit;

  Planning(
      BudgetStore store,
      OverrideStore overrides,
      InstantSource clock,
      Caps defaults,
      Meters meters,
      AuditLog audit) {
    this.store = store;
    this.overrides = overrides;
    this.clock = clock;
    this.defaults = defaults;
    this.meters = meters;
    this.audit = audit;
  }

  /** Raises every cap of a workspace until a time at most a month away. */
  CapOverride raise(Tx tx, WorkspaceId workspace, ActorId actor, UUID id, CapOverride.Wish wish) {
    Instant now = clock.instant();
    if (!wish.expiresAt().isAfter(now) || wish.expiresAt().isAfter(now.plus(LONGEST_OVERRIDE))) {
      throw Refusal.invalid(
          "/expires_at",
          "range",
          "expires_at must lie between now and %d days from now: %s"
              .formatted(LONGEST_OVERRIDE.toDays(), wish.expiresAt()));
    }
    var made =
        new CapOverride(id, wish.amount(), wish.reason(), actor, now, wish.expiresAt(), null, null);
    List<BudgetStore.Line> lines = ownLines(tx, workspace, now);
    Optional<CapOverride> before = overrides.find(tx, workspace, id);
    if (before.isPresent()) {
      return before.get();
    }
    long running = overrides.count(tx, workspace, now);
    if (running >= MOST_OVERRIDES) {
      throw Refusal.of(
          ErrorCode.CONFLICT, "%d overrides run already: revoke one first".formatted(running));
    }
    overrides.insert(tx, workspace, made);
    audit.append(
        tx,
        workspace,
        AuditNote.of("budget.raise", "budget_override", id)
            .to(wish)
            .with("amount", Long.toString(wish.amount().micro()))
            .with("reason", wish.reason()));
    retell(tx, workspace, lines, now);
    return made;
  }

  /** Ends an override early, once; one whose time is over is a conflict. */
  void revoke(Tx tx, WorkspaceId workspace, ActorId actor, UUID override) {
    Instant now = clock.instant();
    List<BudgetStore.Line> lines = ownLines(tx, workspace, now);
    if (!overrides.revoke(tx, workspace, override, actor, now)) {
      CapOverride ended =
          overrides
              .find(tx, workspace, override)
              .orElseThrow(
                  () -> Refusal.of(ErrorCode.NOT_FOUND, "there is no override " + override));
      if (ended.revokedAt() == null) {
        throw Refusal.of(ErrorCode.CONFLICT, "the override has ended: " + override);
      }
      // Revoked before: a caller who did not hear the first answer asks again.
      return;
    }
    audit.append(tx, workspace, AuditNote.of("budget.revoke", "budget_override", override));
    retell(tx, workspace, lines, now);
  }

  /** This workspace's rows of now, made where missing and locked in order. */
  private List<BudgetStore.Line> ownLines(Tx tx, WorkspaceId workspace, Instant now) {
    store.preparePlan(tx, workspace, defaults, now);
    store.prepare(tx, PERIOD.format(now), DAY.format(now), now);
    return store.lockOwn(tx, workspace, PERIOD.format(now), DAY.format(now));
  }

  /** Tells locked rows their caps and what overrides add now, and who must hear of it. */
  private void retell(Tx tx, WorkspaceId workspace, List<BudgetStore.Line> lines, Instant now) {
    Caps caps = standing(tx, workspace, PERIOD.format(now), Caps::monthCap).caps();
    Money raised = overrides.running(tx, now).getOrDefault(workspace.value(), Money.ZERO);
    List<BudgetStore.Line> told =
        lines.stream()
            .map(
                line ->
                    line.under(
                        line.period().equals(PERIOD.format(now)) ? caps.monthCap() : caps.day(),
                        raised))
            .toList();
    for (BudgetStore.Line line : told) {
      store.change(tx, line, line.cap(), line.raised());
      List<Alert> crossed = Holding.crossed(told, line, line.committed(), now);
      alerts.crossed(tx, line, crossed);
      crossed.forEach(alert -> meters.budgetAlert(alert.percent()));
    }
  }

  /** Sets the caps if they are still the ones of {@code version}. */
  BudgetView change(Tx tx, WorkspaceId workspace, Caps caps, long version) {
    Instant now = clock.instant();
    List<BudgetStore.Line> lines = ownLines(tx, workspace, now);
    Caps before = standing(tx, workspace, PERIOD.format(now), Caps::monthCap).caps();
    if (!store.changePlan(tx, workspace, caps, version, now)) {
      throw Refusal.of(ErrorCode.PRECONDITION_FAILED, "the caps changed since version " + version);
    }
    if (!caps.equals(before)) {
      audit.append(tx, workspace, changed(workspace, before, caps));
    }
    retell(tx, workspace, lines, now);
    return view(tx, workspace);
  }

  private static AuditNote changed(WorkspaceId workspace, Caps before, Caps after) {
    return AuditNote.of("budget.set", "budget", workspace)
        .from(before)
        .to(after)
        .with("month_cap", Long.toString(after.monthCap().micro()))
        .with("debate_cap", Long.toString(after.debateCap().micro()))
        .with("day_cap", Long.toString(after.day().micro()));
  }

  /** Where this month and this day stand. */
  BudgetView view(Tx tx, WorkspaceId workspace) {
    Instant now = clock.instant();
    BudgetStore.Standing month = standing(tx, workspace, PERIOD.format(now), Caps::monthCap);
    BudgetStore.Standing today = standing(tx, workspace, DAY.format(now), Caps::day);
    Money raised = overrides.running(tx, now).getOrDefault(workspace.value(), Money.ZERO);
    return new BudgetView(
        PERIOD.format(now),
        month.cap(),
        month.caps().debateCap(),
        month.held(),
        month.spent(),
        left(month, raised),
        month.version(),
        raised,
        new BudgetView.Day(
            DAY.format(now), today.cap(), today.held(), today.spent(), left(today, raised)));
  }

  private BudgetStore.Standing standing(
      Tx tx, WorkspaceId workspace, String period, Function<Caps, Money> cap) {
    return store
        .standing(tx, workspace, period, cap)
        .orElseGet(
            () ->
                new BudgetStore.Standing(defaults, 0, cap.apply(defaults), Money.ZERO, Money.ZERO));
  }

  private static Money left(BudgetStore.Standing standing, Money raised) {
    return standing.cap().plus(raised).minusOrZero(standing.held().plus(standing.spent()));
  }
}
