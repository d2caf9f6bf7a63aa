package io.aragora.debate;

import io.aragora.audit.AuditNote;
import io.aragora.budget.Hold;
import io.aragora.consensus.ConsensusRule;
import io.aragora.debate.DebateStore.Stored;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.brief.Briefs;
import io.aragora.debate.brief.OpenDebate;
import io.aragora.debate.dead.DeadHolds;
import io.aragora.debate.words.Prompts;
import io.aragora.event.Event;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Tx;
import io.aragora.platform.http.Cursor;
import io.aragora.platform.job.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens debates, tells how they stand, calls them off; a worker carries each to its receipt. */
public final class Debates {
  private static final UUID NEWEST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final DebateParts parts;
  private final DeadHolds dead;
  private final Prompts prompts = new Prompts();
  private final Framing framing;

  public Debates(DebateParts parts) {
    this.parts = parts;
    this.dead =
        new DeadHolds(
            parts.database(), parts.clock(), parts.budgets(), parts.jobs(), DebateWorker.KIND);
    this.framing = new Framing(parts, prompts);
  }

  /** What carries opened debates on, and what looks for those that nobody carries. */
  public List<JobHandler> workers() {
    return List.of(new DebateWorker(parts, prompts), dead);
  }

  /** Opens a debate under {@code id}; opening it again under the same id gives the same debate. */
  public DebateView open(WorkspaceId workspace, ActorId actor, UUID id, OpenDebate wish) {
    Briefs.Checked checked = Briefs.of(wish);
    Opening opening =
        parts
            .database()
            .inTransaction(
                workspace,
                tx ->
                    DebateStore.find(tx, new DebateId(id))
                        .<Opening>map(row -> new Opening.Done(DebateView.of(row)))
                        .orElseGet(() -> open(tx, workspace, actor, new DebateId(id), checked)));
    return switch (opening) {
      case Opening.Done(DebateView debate) -> debate;
      case Opening.Refused(Hold.OverCap no) -> {
        parts.meters().holdRefused();
        dead.reviveNow(workspace);
        throw Refusal.of(ErrorCode.BUDGET_EXCEEDED, no.why());
      }
    };
  }

  /** What came of a wish to open a debate; a refusal is committed, as it may be told of. */
  private sealed interface Opening {
    record Done(DebateView debate) implements Opening {}

    record Refused(Hold.OverCap why) implements Opening {}
  }

  private Opening open(
      Tx tx, WorkspaceId workspace, ActorId actor, DebateId id, Briefs.Checked checked) {
    Instant now = parts.clock().instant();
    Framing.Framed framed =
        framing.of(checked, parts.evidence().texts(tx, checked.evidence()), id.value(), now);
    Money amount = Framing.hold(framed);
    return switch (parts.budgets().hold(tx, workspace, id, amount)) {
      case Hold.Held(UUID reservation, Money _) ->
          new Opening.Done(
              begin(tx, workspace, actor, framed, new Held(id, reservation, amount, now)));
      case Hold.OverCap no -> new Opening.Refused(no);
    };
  }

  /** A debate that has its money. */
  private record Held(DebateId debate, UUID reservation, Money amount, Instant at) {}

  private DebateView begin(
      Tx tx, WorkspaceId workspace, ActorId actor, Framing.Framed framed, Held held) {
    DebateId id = held.debate();
    Instant now = held.at();
    String frame = framed.brief().canonical();
    var row =
        new Stored(
            id,
            actor,
            framed.brief().question(),
            frame,
            Brief.digest(frame),
            "open",
            false,
            0,
            held.reservation(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now,
            now.plusSeconds(framed.brief().deadlineSeconds()),
            Optional.empty());
    DebateStore.insert(tx, workspace, row);
    parts.events().begin(tx, workspace, id, opened(framed.brief(), held.amount()));
    parts.jobs().add(tx, DebateWorker.KIND, id.value(), workspace);
    dead.watch(tx, workspace);
    parts
        .audit()
        .append(
            tx,
            workspace,
            AuditNote.of("debates.create", "debate", id)
                .with("brief_sha256", row.frameSha256())
                .with("held", Long.toString(held.amount().micro())));
    parts.meters().debateOpened();
    return DebateView.of(row);
  }

  private static List<Event> opened(Brief brief, Money held) {
    return List.of(
        new Event.DebateOpened(
            brief.question(),
            brief.options().stream()
                .map(choice -> new Event.Choice(choice.id(), choice.label()))
                .toList(),
            ConsensusRule.parse(brief.rule()).wire(),
            brief.panel().size(),
            brief.bound(),
            brief.rehearsal()),
        new Event.BudgetHeld(held));
  }

  /** What the same request would cost at most; nothing is kept. */
  public DebateView.Estimate estimate(WorkspaceId workspace, OpenDebate wish) {
    Briefs.Checked checked = Briefs.of(wish);
    Framing.Framed framed =
        parts
            .database()
            .inTransaction(
                workspace,
                tx ->
                    framing.of(
                        checked,
                        parts.evidence().texts(tx, checked.evidence()),
                        new UUID(0, 0),
                        parts.clock().instant()));
    return new DebateView.Estimate(
        framed.bound(),
        framed.blindRound(),
        framed.callsAtLeast(),
        framed.callsAtMost(),
        framed.brief());
  }

  public DebateView read(WorkspaceId workspace, DebateId id) {
    return DebateView.of(
        parts
            .database()
            .inTransaction(workspace, tx -> DebateStore.find(tx, id))
            .orElseThrow(() -> unknown(id)));
  }

  /** Newest first. */
  public Page<DebateView> list(WorkspaceId workspace, int limit, Optional<String> cursor) {
    UUID before =
        cursor.map(text -> UUID.fromString(Cursor.decode(text, 1).getFirst())).orElse(NEWEST);
    List<DebateView> rows =
        parts
            .database()
            .inTransaction(workspace, tx -> DebateStore.page(tx, before, limit + 1))
            .stream()
            .map(DebateView::of)
            .toList();
    return rows.size() <= limit
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, limit), Cursor.encode(rows.get(limit - 1).id().toString()));
  }

  /** Asks a debate to end as cancelled; one that has ended already is a conflict. */
  public DebateView cancel(WorkspaceId workspace, DebateId id) {
    return parts
        .database()
        .inTransaction(
            workspace,
            tx -> {
              Stored row = DebateStore.find(tx, id).orElseThrow(() -> unknown(id));
              if (!DebateStore.wantCancel(tx, id)) {
                throw Refusal.of(
                    ErrorCode.CONFLICT, "the debate has ended: " + row.outcome().orElse(""));
              }
              if (!row.cancelWanted()) {
                parts.audit().append(tx, workspace, AuditNote.of("debates.cancel", "debate", id));
              }
              Doorbell.ring(tx, Rounds.control(id));
              return DebateView.of(row);
            });
  }

  public DebateView.Transcript transcript(WorkspaceId workspace, DebateId id) {
    return parts
        .database()
        .inTransaction(
            workspace,
            tx -> {
              Stored row = DebateStore.find(tx, id).orElseThrow(() -> unknown(id));
              return new DebateView.Transcript(
                  row.id(),
                  DebateStore.answers(tx, id).stream().map(DebateView.Entry::of).toList());
            });
  }

  /** Waits until the debate has ended, at most this long, and tells how it stands then. */
  public DebateView await(WorkspaceId workspace, DebateId id, Duration longest)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (Doorbell.Ticket bell = parts.doorbell().listen(ended(id))) {
      DebateView debate = read(workspace, id);
      for (long left = end - System.nanoTime();
          left > 0 && debate.state() != DebateView.State.CLOSED && !parts.feed().isClosed();
          left = end - System.nanoTime()) {
        bell.await(Duration.ofNanos(left));
        debate = read(workspace, id);
      }
      return debate;
    }
  }

  /** The doorbell's name for the news that a debate has ended. */
  static String ended(DebateId id) {
    return "debate.ended." + id;
  }

  /** Whether the workspace has this debate. */
  public boolean knows(WorkspaceId workspace, DebateId id) {
    return parts.database().inTransaction(workspace, tx -> DebateStore.find(tx, id)).isPresent();
  }

  private static Refusal unknown(DebateId id) {
    return Refusal.of(ErrorCode.NOT_FOUND, "there is no debate " + id);
  }
}
