package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Money;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** Keeps spending under the cap: hold before a debate, settle each call, release the rest. */
public final class Budgets {
  private static final System.Logger LOG = System.getLogger(Budgets.class.getName());
  private static final DateTimeFormatter PERIOD =
      DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;
  private final Caps defaults;
  private final BudgetStore store = new BudgetStore();
  private final ReservationStore reservations = new ReservationStore();
  private final LedgerStore ledger = new LedgerStore();

  /** {@code defaults} are the caps of a workspace that never set its own. */
  public Budgets(Database database, Ids ids, InstantSource clock, Caps defaults) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.defaults = defaults;
  }

  /** Sets a debate's upper bound aside, once per debate, or says which cap leaves no room. */
  public Hold hold(Tx tx, WorkspaceId workspace, DebateId debate, Money bound) {
    Optional<Reservation> already = reservations.reservationOf(tx, debate);
    if (already.isPresent()) {
      return new Hold.Held(already.get().id(), already.get().amount());
    }
    var wish = new Reservation(ids.next(), debate, period(), bound, bound, Money.ZERO, true);
    if (store.hold(tx, workspace, wish, clock.instant())) {
      return new Hold.Held(wish.id(), bound);
    }
    // Either the cap said no, or this is the first hold of the workspace or the month.
    store.prepare(tx, workspace, wish.period(), defaults, clock.instant());
    return store.hold(tx, workspace, wish, clock.instant())
        ? new Hold.Held(wish.id(), bound)
        : overCap(store.month(tx, workspace, wish.period()).orElseThrow(), bound);
  }

  /**
   * Moves a call's cost from held to spent, once per call id. Never charges more than is held: what
   * a provider claims beyond the bound it was given is recorded as excess.
   */
  public Settled settle(Tx tx, UUID reservation, Charge charge) {
    Reservation locked = reservations.lock(tx, reservation).orElseThrow(() -> unknown(reservation));
    Money charged = charge.actual().min(locked.held());
    if (!ledger.insert(tx, locked, charge, charged, clock.instant())) {
      LedgerEntry first =
          ledger.entry(tx, charge.callId()).orElseThrow(() -> unknown(charge.callId()));
      return new Settled(first.charged(), first.excess(), locked.held());
    }
    Money excess = charge.actual().minusOrZero(charged);
    if (!excess.isZero()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} claims {1} beyond the hold for call {2}",
          charge.provider(),
          excess,
          charge.callId());
    }
    if (!charged.isZero()) {
      reservations.spend(tx, reservation, charged);
    }
    return new Settled(charged, excess, locked.held().minusOrZero(charged));
  }

  /** Gives back what is still held and returns it; again changes nothing. */
  public Money release(Tx tx, UUID reservation) {
    Reservation locked = reservations.lock(tx, reservation).orElseThrow(() -> unknown(reservation));
    if (!locked.open()) {
      return Money.ZERO;
    }
    reservations.release(tx, reservation, locked.held());
    return locked.held();
  }

  /** What the reservation still holds. */
  public Money left(Tx tx, UUID reservation) {
    return reservation(tx, reservation).held();
  }

  public Reservation reservation(Tx tx, UUID reservation) {
    return reservations.reservation(tx, reservation).orElseThrow(() -> unknown(reservation));
  }

  /** This month's money. */
  public BudgetView summary(WorkspaceId workspace) {
    return database.inTransaction(workspace, tx -> view(tx, workspace));
  }

  /** Sets a workspace's caps whatever they were, as the operator's command line does. */
  public BudgetView setCaps(WorkspaceId workspace, Caps caps) {
    return database.inTransaction(
        workspace, tx -> change(tx, workspace, caps, view(tx, workspace).version()));
  }

  /** Sets a workspace's caps if they are still the ones of {@code version}. */
  public BudgetView setCaps(WorkspaceId workspace, Caps caps, long version) {
    return database.inTransaction(workspace, tx -> change(tx, workspace, caps, version));
  }

  /** The ledger, newest first. */
  public Page<LedgerEntry> ledger(WorkspaceId workspace, int limit, Optional<String> cursor) {
    long before =
        cursor
            .map(text -> Long.parseLong(Cursor.decode(text, 1).getFirst()))
            .orElse(Long.MAX_VALUE);
    var lines =
        database.inTransaction(workspace, tx -> ledger.page(tx, workspace, before, limit + 1));
    var shown = lines.subList(0, Math.min(limit, lines.size()));
    return new Page<>(
        shown.stream().map(LedgerStore.Line::entry).toList(),
        lines.size() > limit ? Cursor.encode(Long.toString(shown.getLast().number())) : null);
  }

  private BudgetView change(Tx tx, WorkspaceId workspace, Caps caps, long version) {
    store.preparePlan(tx, workspace, defaults, clock.instant());
    if (!store.changePlan(tx, workspace, caps, version, clock.instant())) {
      throw Refusal.of(ErrorCode.PRECONDITION_FAILED, "the caps changed since version " + version);
    }
    store.changeMonth(tx, workspace, period(), caps.monthCap());
    return view(tx, workspace);
  }

  private BudgetView view(Tx tx, WorkspaceId workspace) {
    String period = period();
    BudgetStore.Month month =
        store
            .month(tx, workspace, period)
            .orElse(
                new BudgetStore.Month(defaults, 0, defaults.monthCap(), Money.ZERO, Money.ZERO));
    return new BudgetView(
        period,
        month.cap(),
        month.caps().debateCap(),
        month.held(),
        month.spent(),
        month.left(),
        month.version());
  }

  private static Hold overCap(BudgetStore.Month month, Money bound) {
    Money debateCap = month.caps().debateCap();
    return bound.compareTo(debateCap) > 0
        ? new Hold.OverCap(bound, debateCap, Cap.DEBATE)
        : new Hold.OverCap(bound, month.left(), Cap.MONTH);
  }

  private String period() {
    return PERIOD.format(clock.instant());
  }

  private static IllegalArgumentException unknown(UUID id) {
    return new IllegalArgumentException("no such reservation or call in this workspace: " + id);
  }
}
