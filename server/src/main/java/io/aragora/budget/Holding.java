package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One wish for money against every cap that it must fit. The rows are locked first, in one order
 * for everybody, so what is read is what will be changed: two callers cannot both win the last
 * cent, and no two can wait for each other.
 */
final class Holding {
  private static final int FULL = 100;
  private static final int[] LINES = {50, 75, 90, FULL};

  private final BudgetStore store;
  private final AlertStore alerts = new AlertStore();
  private final OverrideStore overrides;
  private final ReservationStore reservations;
  private final Caps defaults;
  private final Instant now;

  Holding(
      BudgetStore store,
      OverrideStore overrides,
      ReservationStore reservations,
      Caps defaults,
      Instant now) {
    this.store = store;
    this.overrides = overrides;
    this.reservations = reservations;
    this.defaults = defaults;
    this.now = now;
  }

  /** A hold or a refusal, and what is to be told of the rows it met. */
  record Made(Hold hold, List<Alert> told) {}

  Made hold(Tx tx, WorkspaceId workspace, Reservation wish, String day) {
    return wish.amount().isZero()
        ? new Made(free(tx, workspace, wish, day), List.of())
        : paid(tx, workspace, wish, day);
  }

  /** What costs nothing fits every cap and touches none. */
  private Hold free(Tx tx, WorkspaceId workspace, Reservation wish, String day) {
    if (reservations.insertFree(tx, workspace, wish, now)) {
      return new Hold.Held(wish.id(), wish.amount());
    }
    Optional<Hold> before = already(tx, wish);
    if (before.isPresent()) {
      return before.get();
    }
    prepare(tx, workspace, wish.period(), day);
    reservations.insertFree(tx, workspace, wish, now);
    return already(tx, wish).orElseThrow();
  }

  private Made paid(Tx tx, WorkspaceId workspace, Reservation wish, String day) {
    BudgetStore.Lines locked =
        store
            .lock(tx, wish.period(), day)
            .orElseGet(
                () -> {
                  prepare(tx, workspace, wish.period(), day);
                  return store.lock(tx, wish.period(), day).orElseThrow();
                });
    Map<UUID, Money> raised = raised(tx, locked.lines());
    List<BudgetStore.Line> lines =
        locked.lines().stream()
            .map(line -> line.raised(raised.getOrDefault(line.workspace(), Money.ZERO)))
            .toList();
    Money most = locked.debateCap().plus(raised.getOrDefault(workspace.value(), Money.ZERO));
    if (wish.amount().compareTo(most) > 0) {
      return refused(tx, wish, new Hold.OverCap(wish.amount(), most, Cap.DEBATE), List.of());
    }
    Optional<Hold.OverCap> no = worst(workspace, wish, lines);
    if (no.isPresent()) {
      return refused(tx, wish, no.get(), lines);
    }
    if (!reservations.insert(tx, workspace, wish, day, lines, now)) {
      return new Made(already(tx, wish).orElseThrow(), List.of());
    }
    var crossed = new ArrayList<Alert>();
    for (BudgetStore.Line line : lines) {
      List<Alert> told = crossed(lines, line, line.committed().plus(wish.amount()), now);
      alerts.crossed(tx, line, told);
      crossed.addAll(told);
    }
    return new Made(new Hold.Held(wish.id(), wish.amount()), crossed);
  }

  private void prepare(Tx tx, WorkspaceId workspace, String period, String day) {
    store.preparePlan(tx, workspace, defaults, now);
    store.prepare(tx, period, day, now);
  }

  private Optional<Hold> already(Tx tx, Reservation wish) {
    return reservations
        .reservationOf(tx, wish.debate())
        .map(row -> new Hold.Held(row.id(), row.amount()));
  }

  /**
   * Read only where a row says that it was raised, and after it was locked: whoever makes or
   * revokes an override locks the row first, so this cannot be out of date.
   */
  private Map<UUID, Money> raised(Tx tx, List<BudgetStore.Line> lines) {
    return lines.stream().allMatch(line -> line.raised().isZero())
        ? new HashMap<>()
        : overrides.running(tx, now);
  }

  /** Each row that had no room tells so once, unless this debate has its money already. */
  private Made refused(Tx tx, Reservation wish, Hold.OverCap no, List<BudgetStore.Line> lines) {
    Optional<Hold> before = already(tx, wish);
    if (before.isPresent()) {
      return new Made(before.get(), List.of());
    }
    var told = new ArrayList<Alert>();
    for (BudgetStore.Line line : lines) {
      if (isReached(lines, line, wish.amount())) {
        var alert = new Alert(line.period(), FULL, line.most(), line.committed(), now, true);
        alerts.reached(tx, line, alert);
        told.add(alert);
      }
    }
    return new Made(no, told);
  }

  /** What even an untouched period had no room for says nothing about what is left of it. */
  private static boolean isReached(
      List<BudgetStore.Line> all, BudgetStore.Line line, Money amount) {
    return amount.compareTo(line.left()) > 0
        && amount.compareTo(line.most()) <= 0
        && !line.reached()
        && line.alerted() < FULL
        && !isIdle(all, line);
  }

  /** The cap that leaves least, if that is too little; the workspace's own before others'. */
  private static Optional<Hold.OverCap> worst(
      WorkspaceId workspace, Reservation wish, List<BudgetStore.Line> lines) {
    Hold.@Nullable OverCap worst = null;
    for (BudgetStore.Line line : lines) {
      boolean own = line.workspace().equals(workspace.value());
      if (wish.amount().compareTo(line.left()) > 0) {
        var no =
            new Hold.OverCap(
                wish.amount(), own ? line.left() : Money.ZERO, cap(own, line, wish.period()));
        worst = worst == null || isWorse(no, worst) ? no : worst;
      }
    }
    return Optional.ofNullable(worst);
  }

  private static boolean isWorse(Hold.OverCap one, Hold.OverCap other) {
    if (one.which().isOfParent() != other.which().isOfParent()) {
      return !one.which().isOfParent();
    }
    int less = one.left().compareTo(other.left());
    return less < 0 || (less == 0 && one.which().compareTo(other.which()) < 0);
  }

  private static Cap cap(boolean own, BudgetStore.Line line, String period) {
    boolean month = line.period().equals(period);
    return own ? (month ? Cap.MONTH : Cap.DAY) : (month ? Cap.PARENT_MONTH : Cap.PARENT_DAY);
  }

  /**
   * The lines that {@code committed} reaches and nobody was told of in this period. A day that may
   * use the whole month has no line of its own to cross.
   */
  static List<Alert> crossed(
      List<BudgetStore.Line> all, BudgetStore.Line line, Money committed, Instant now) {
    if (isIdle(all, line)) {
      return List.of();
    }
    Money cap = line.most();
    var crossed = new ArrayList<Alert>();
    for (int percent : LINES) {
      // Sums of caps stay below 10^17: a hundred times that still fits.
      boolean reached = committed.micro() * 100 >= cap.micro() * percent;
      boolean known = percent <= line.alerted() || (percent == FULL && line.reached());
      if (reached && !known && !cap.isZero()) {
        crossed.add(new Alert(line.period(), percent, cap, committed, now, false));
      }
    }
    return crossed;
  }

  private static boolean isIdle(List<BudgetStore.Line> all, BudgetStore.Line line) {
    return all.stream().anyMatch(other -> isIdle(line, other));
  }

  /** Whether {@code line} is a day and {@code other} its month, which allows no more than it. */
  private static boolean isIdle(BudgetStore.Line line, BudgetStore.Line other) {
    return line.workspace().equals(other.workspace())
        && line.period().startsWith(other.period() + "-")
        && line.cap().compareTo(other.cap()) >= 0;
  }
}
