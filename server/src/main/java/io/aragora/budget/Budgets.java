package io.aragora.budget;

import io.aragora.audit.AuditLog;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Money;
import io.aragora.kernel.Page;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.observe.Meters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Keeps spending under the cap: hold before a debate, settle each call, release the rest. */
public final class Budgets {
  private static final Duration SUMMED_UNLESS_TOLD = Duration.ofDays(31);
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;
  private final Caps defaults;
  private final Meters meters;
  private final BudgetStore store = new BudgetStore();
  private final AlertStore alerts = new AlertStore();
  private final OverrideStore overrides = new OverrideStore();
  private final Planning planning;
  private final ReservationStore reservations = new ReservationStore();
  private final LedgerStore ledger = new LedgerStore();

  /** {@code defaults} are the caps of a workspace that never set its own. */
  public Budgets(Database database, Ids ids, InstantSource clock, Caps defaults) {
    this(
        database,
        ids,
        clock,
        defaults,
        Meters.create(),
        new AuditLog(ids, clock, new SecureRandom()));
  }

  /** As before, counting on meters that others count on too. */
  public Budgets(
      Database database,
      Ids ids,
      InstantSource clock,
      Caps defaults,
      Meters meters,
      AuditLog audit) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.defaults = defaults;
    this.meters = meters;
    this.planning = new Planning(store, overrides, clock, defaults, meters, audit);
  }

  /**
   * Sets {@code bound} aside for a debate under every cap at once, or names the cap that leaves too
   * little. A debate that has its money keeps it, whatever the caps say by now. Commit a refusal
   * too: that a cap is reached is told in the same transaction.
   */
  public Hold hold(Tx tx, WorkspaceId workspace, DebateId debate, Money bound) {
    Instant now = clock.instant();
    var wish =
        new Reservation(
            ids.next(), debate, Planning.PERIOD.format(now), bound, bound, Money.ZERO, true);
    Holding.Made made =
        new Holding(store, overrides, reservations, defaults, now)
            .hold(tx, workspace, wish, Planning.DAY.format(now));
    made.told().forEach(alert -> meters.budgetAlert(alert.percent()));
    return made.hold();
  }

  /** {@link #settle(Tx, UUID, List)} for one call. */
  public Settled settle(Tx tx, UUID reservation, Charge charge) {
    return settle(tx, reservation, List.of(charge)).getFirst();
  }

  /**
   * Moves the cost of calls from held to spent, once per call id, in their order. Never charges
   * more than is held: what a provider claims beyond the bound it was given is recorded as excess.
   * Locks the reservation and nothing that other debates need.
   */
  public List<Settled> settle(Tx tx, UUID reservation, List<Charge> charges) {
    if (charges.isEmpty()) {
      return List.of();
    }
    Reservation locked =
        reservations.lock(tx, reservation).orElseThrow(() -> unknown(reservation)).row();
    Settling work = new Settling(ledger, clock.instant());
    List<Settled> settled = work.settle(tx, locked, charges);
    if (!work.moved().isZero()) {
      reservations.spend(tx, reservation, work.moved());
    }
    return settled;
  }

  /** Gives back what is still held and returns it; again changes nothing. */
  public Money release(Tx tx, UUID reservation) {
    var locked = reservations.lock(tx, reservation).orElseThrow(() -> unknown(reservation));
    if (!locked.row().open()) {
      return Money.ZERO;
    }
    if (locked.row().held().plus(locked.unbooked()).isZero()) {
      reservations.close(tx, reservation);
    } else {
      reservations.book(tx, locked);
    }
    return locked.row().held();
  }

  /** Calls of a debate whose use nobody knows, and what they were charged. */
  public record Uncertain(int calls, Money charged) {}

  public Uncertain uncertain(Tx tx, DebateId debate) {
    return ledger.uncertain(tx, debate);
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
    return database.inTransaction(workspace, tx -> summary(tx, workspace));
  }

  /** As {@link #summary(WorkspaceId)}, in a transaction of the workspace. */
  public BudgetView summary(Tx tx, WorkspaceId workspace) {
    return planning.view(tx, workspace);
  }

  /** Sets a workspace's caps whatever they were, as the operator's command line does. */
  public BudgetView setCaps(WorkspaceId workspace, Caps caps) {
    return database.inTransaction(
        workspace,
        tx -> planning.change(tx, workspace, caps, planning.view(tx, workspace).version()));
  }

  /** Sets a workspace's caps if they are still the ones of {@code version}. */
  public BudgetView setCaps(WorkspaceId workspace, Caps caps, long version) {
    return database.inTransaction(workspace, tx -> planning.change(tx, workspace, caps, version));
  }

  /** The ledger, newest first. */
  public Page<LedgerEntry> ledger(WorkspaceId workspace, int limit, Optional<String> cursor) {
    long before = number(cursor);
    var lines =
        database.inTransaction(workspace, tx -> ledger.page(tx, workspace, before, limit + 1));
    return page(lines, limit, last -> Cursor.encode(Long.toString(last.number())))
        .map(LedgerStore.Line::entry);
  }

  /** Which lines were crossed, newest first. */
  public Page<Alert> alerts(WorkspaceId workspace, int limit, Optional<String> cursor) {
    long before = number(cursor);
    var told =
        database.inTransaction(workspace, tx -> alerts.page(tx, workspace, before, limit + 1));
    return page(told, limit, last -> Cursor.encode(Long.toString(last.number())))
        .map(AlertStore.Told::alert);
  }

  /** Overrides, those that ended too, newest first: who raised the caps, why, until when. */
  public Page<CapOverride> overrides(WorkspaceId workspace, int limit, Optional<String> cursor) {
    Optional<List<String>> from = cursor.map(text -> Cursor.decode(text, 2));
    Instant before = from.map(parts -> Instant.parse(parts.getFirst())).orElse(END);
    UUID id = from.map(parts -> UUID.fromString(parts.getLast())).orElse(LAST);
    var made =
        database.inTransaction(
            workspace, tx -> overrides.page(tx, workspace, before, id, limit + 1));
    return page(
        made, limit, last -> Cursor.encode(last.createdAt().toString(), last.id().toString()));
  }

  private static long number(Optional<String> cursor) {
    return cursor
        .map(text -> Long.parseLong(Cursor.decode(text, 1).getFirst()))
        .orElse(Long.MAX_VALUE);
  }

  /** {@code found} has one more than the page if there is a next one. */
  private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursor) {
    return found.size() <= limit
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
  }

  /** Raises every cap of a workspace until a time at most 31 days away. */
  public CapOverride raise(WorkspaceId workspace, ActorId actor, UUID id, CapOverride.Wish wish) {
    return database.inTransaction(workspace, tx -> planning.raise(tx, workspace, actor, id, wish));
  }

  /** Ends an override early, once; one whose time is over is a conflict. */
  public void revoke(WorkspaceId workspace, ActorId actor, UUID override) {
    database.doInTransaction(workspace, tx -> planning.revoke(tx, workspace, actor, override));
  }

  /**
   * Debates whose money has been held since before {@code openedBefore} and that no job carries on:
   * there should be none, and giving each its job back ends it and releases the rest.
   */
  public List<DebateId> deadHolds(Tx tx, Instant openedBefore) {
    return reservations.dead(tx, openedBefore);
  }

  /** Whether a workspace has begun to spend and is not erased. */
  public boolean hasPlan(Tx tx, WorkspaceId workspace) {
    return store.hasPlan(tx, workspace);
  }

  /**
   * Books what a node of the version before released without telling every row; how many such
   * reservations there were.
   */
  public int bookLeftovers(WorkspaceId workspace) {
    return database.inTransaction(
        workspace,
        tx -> {
          List<UUID> left = reservations.leftovers(tx, workspace);
          for (UUID id : left) {
            reservations
                .lock(tx, id)
                .filter(row -> !row.booked())
                .ifPresent(row -> reservations.book(tx, row));
          }
          return left.size();
        });
  }

  /** Gives a workspace a plan of its own if it has none: one that others are placed under. */
  public void begin(Tx tx, WorkspaceId workspace) {
    store.preparePlan(tx, workspace, defaults, clock.instant());
  }

  /** The ledger added up: the dearest first, at most {@code most}, of 31 days unless told. */
  public LedgerSum.Summary sums(
      WorkspaceId workspace, LedgerSum.By by, Optional<Instant> since, int most) {
    Instant from = since.orElse(clock.instant().minus(SUMMED_UNLESS_TOLD));
    return database.inTransaction(workspace, tx -> ledger.sums(tx, workspace, by, from, most));
  }

  /** Whether ledger, reservations and months tell the same, in one view of the database. */
  public Audit audit(WorkspaceId workspace) {
    return database.inTransaction(workspace, tx -> ledger.audit(tx, workspace));
  }

  /**
   * What each book says was spent, and what it says is held. The months of a workspace that pays
   * for others hold their money too.
   */
  public record Audit(
      Money ledger,
      Money reserved,
      Money months,
      Money heldByReservations,
      Money heldByMonths,
      boolean paysForOthers) {
    public boolean agrees() {
      return ledger.equals(reserved)
          && (paysForOthers
              ? months.compareTo(reserved) >= 0
              : months.equals(reserved) && heldByMonths.equals(heldByReservations));
    }
  }

  private static IllegalArgumentException unknown(UUID id) {
    return new IllegalArgumentException("no such reservation or call in this workspace: " + id);
  }
}
