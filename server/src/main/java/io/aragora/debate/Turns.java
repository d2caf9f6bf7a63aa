package io.aragora.debate;

import io.aragora.debate.DebateStore.Owned;
import io.aragora.debate.engine.DebateEngine;
import io.aragora.debate.engine.DebateState;
import io.aragora.debate.engine.Move;
import io.aragora.debate.words.Prompts;
import io.aragora.debate.words.Wire;
import io.aragora.event.Event;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.egress.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves a debate on, one transaction a turn: the answers that came in, their prices and events, and
 * the calls to be made next, or the receipt. Each starts by proving that the debate is still ours.
 */
final class Turns {
  /** A debate has at most a draft, two challenges, a ballot, the words and the close. */
  private static final int MOST_STEPS = 24;

  /** Answers are paid for: the database gets this long to come back before they are given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final DebateParts parts;
  private final Questions questions;
  private final Storing storing;
  private final Closing closing;
  private final Semaphore places;

  Turns(DebateParts parts, Prompts prompts) {
    this.parts = parts;
    this.questions = new Questions(parts, prompts);
    this.storing = new Storing(parts);
    this.closing = new Closing(parts);
    this.places = new Semaphore(parts.limits().turnsAtOnce(), true);
  }

  /** A debate that is now ours, and its first turn. */
  record Taken(Running running, Turn turn) {}

  /** Takes the debate over from whoever had it; empty when it has ended. */
  Optional<Taken> takeUp(WorkspaceId workspace, DebateId id) throws InterruptedException {
    Optional<Taken> taken = turn(workspace, tx -> takeUp(tx, workspace, id));
    taken.ifPresent(each -> count(each.turn()));
    return taken;
  }

  /** What came in while a round ran: {@code running} calls are still on their way. */
  record Arrival(List<SeatCalls.Heard> heard, int running, int expected) {}

  /** Stores answers; once the round is whole, plans what comes next. */
  Turn store(Running debate, Standing standing, Arrival arrival, BooleanSupplier draining)
      throws InterruptedException {
    Deadline patience = Deadline.in(PATIENCE);
    @Nullable Standing known = standing;
    while (true) {
      Standing start = known;
      try {
        Turn turn = turn(debate.workspace(), tx -> store(tx, debate, start, arrival, draining));
        count(turn);
        return turn;
      } catch (DatabaseFault fault) {
        if (!fault.mayPass() || patience.hasPassed()) {
          throw fault;
        }
        // Nobody knows whether it was committed: the next try reads where the debate stands.
        known = null;
        Thread.sleep(PAUSE);
      }
    }
  }

  private <T> T turn(WorkspaceId workspace, Function<Tx, T> work) throws InterruptedException {
    places.acquire();
    try {
      return parts.database().inTransaction(workspace, work);
    } finally {
      places.release();
    }
  }

  private Optional<Taken> takeUp(Tx tx, WorkspaceId workspace, DebateId id) {
    Optional<Owned> owned = DebateStore.own(tx, id);
    if (owned.isEmpty()) {
      return Optional.empty();
    }
    Running debate = Running.of(parts, tx, workspace, owned.get());
    var events = new ArrayList<Event>();
    Standing standing;
    if (debate.isFresh()) {
      standing = Standing.first(parts, tx, debate);
      events.add(SeatEvents.started(debate));
    } else {
      standing = Standing.read(parts, tx, debate);
      standing = standing.leaving(OpenCalls.settle(parts, tx, debate, standing.left(), events));
    }
    return Optional.of(
        new Taken(debate, plan(tx, debate, standing, debate.row().cancelWanted(), events)));
  }

  private Turn store(
      Tx tx, Running debate, @Nullable Standing known, Arrival arrival, BooleanSupplier draining) {
    boolean cancelWanted =
        DebateStore.hold(tx, debate.id(), debate.epoch())
            .orElseThrow(() -> new Running.Lost(debate.id()));
    Standing standing = known == null ? Standing.read(parts, tx, debate) : known;
    var events = new ArrayList<Event>();
    standing = storing.store(tx, debate, standing, arrival, events);
    if (arrival.running() > 0) {
      standing = append(tx, debate, standing, events);
      return cancelWanted ? new Turn.CallOff(standing) : new Turn.Wait(standing);
    }
    if (draining.getAsBoolean()) {
      append(tx, debate, standing, events);
      return new Turn.GiveBack();
    }
    return plan(tx, debate, standing, cancelWanted, events);
  }

  private Turn plan(
      Tx tx, Running debate, Standing before, boolean cancelWanted, List<Event> events) {
    Standing standing = before;
    for (int step = 0; step < MOST_STEPS; step++) {
      Move move = DebateEngine.next(marked(debate, standing, cancelWanted));
      if (move instanceof Move.Conclude end) {
        closing.close(tx, debate, standing, end, events);
        return new Turn.Ended(end.conclusion().outcome().name());
      }
      List<Question> asked = asked(debate, move, standing);
      Money needed = Money.ZERO;
      for (Question question : asked) {
        needed = needed.plus(question.bound());
      }
      if (needed.compareTo(standing.left()) <= 0) {
        return ask(tx, debate, standing, asked, events);
      }
      events.add(new Event.BudgetExceeded(needed, standing.left(), "hold"));
      standing = storing.unpaid(tx, debate, standing, asked);
    }
    throw new IllegalStateException("debate " + debate.id() + " does not come to an end");
  }

  /** Writes the calls down before they are made. */
  private Turn ask(
      Tx tx, Running debate, Standing standing, List<Question> asked, List<Event> events) {
    Question first = asked.getFirst();
    if (first.seat() > 0 && first.round() > standing.roundsStarted()) {
      events.add(new Event.RoundStarted(first.round(), first.move()));
    }
    CallStore.intend(tx, debate.workspace(), debate.id(), asked, parts.clock().instant());
    Standing planned = append(tx, debate, standing, events).started(first.round());
    // This transaction holds the debate's row: until its commit nobody else can take it over.
    return new Turn.Ask(planned, asked, System.nanoTime());
  }

  private Standing append(Tx tx, Running debate, Standing standing, List<Event> events) {
    return standing.at(parts.events().append(tx, debate.id(), standing.place(), events));
  }

  /** Adds what happened to the debate as a whole: called off, or out of time. */
  private static DebateState marked(Running debate, Standing standing, boolean cancelWanted) {
    DebateState state = standing.state(debate.brief());
    DebateState marked = cancelWanted ? state.marked(DebateState.Mark.CANCELLED) : state;
    return debate.deadline().hasPassed() ? marked.marked(DebateState.Mark.OUT_OF_TIME) : marked;
  }

  private List<Question> asked(Running debate, Move move, Standing standing) {
    return switch (move) {
      case Move.Draft draft -> questions.draft(debate, draft);
      case Move.Challenge challenge -> questions.challenge(debate, challenge, standing.answers());
      case Move.Ballot ballot -> questions.ballot(debate, ballot, standing.answers());
      case Move.Decide(var conclusion, var findings) ->
          List.of(
              questions.edit(
                  debate,
                  standing.lastRound() + 1,
                  Wire.of(conclusion.outcome()),
                  conclusion.verdict().orElse(""),
                  standing.answers()));
      case Move.Conclude end -> throw new IllegalStateException("nothing to ask: " + end);
    };
  }

  private void count(Turn turn) {
    if (turn instanceof Turn.Ended(String outcome)) {
      parts.meters().debateEnded(outcome);
    }
  }
}
