package io.aragora.debate;

import io.aragora.debate.SeatCalls.Heard;
import io.aragora.kernel.DebateId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.egress.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks all seats of a move at once and hands over what they answer: each answer as soon as it is
 * there, those that come almost together in one commit.
 */
final class Rounds {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** How long an answer waits for its neighbours before it is stored. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

  private final DebateParts parts;
  private final Turns turns;
  private final SeatCalls calls;

  Rounds(DebateParts parts, Turns turns) {
    this.parts = parts;
    this.turns = turns;
    this.calls = new SeatCalls(parts);
  }

  /** What one seat's thread comes to: an answer, nothing because it was cut off, or a bug. */
  private record Came(Optional<Heard> heard, @Nullable RuntimeException bug) {}

  /** Asks until all have answered, failed or been called off; the last commit plans the rest. */
  Turn ask(Running debate, Turn.Ask ask, BooleanSupplier draining) throws InterruptedException {
    var came = new LinkedBlockingQueue<Came>();
    try (Doorbell.Ticket bell = parts.doorbell().listen(control(debate.id()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Deadline round = debate.deadline().orIn(parts.limits().round());
        for (Question question : ask.questions()) {
          threads.execute(
              () -> {
                came.add(call(debate, ask, question, round));
                bell.wake();
              });
        }
        return gather(debate, ask, new Line(came, bell), threads, draining);
      } finally {
        // Whatever ended the waiting, nobody waits for the calls that still run.
        threads.shutdownNow();
      }
    }
  }

  /** Where answers come in, and the bell that rings for them and for news from elsewhere. */
  private record Line(BlockingQueue<Came> came, Doorbell.Ticket bell) {}

  private Turn gather(
      Running debate, Turn.Ask ask, Line line, ExecutorService threads, BooleanSupplier draining)
      throws InterruptedException {
    Question first = ask.questions().getFirst();
    int expected = ask.standing().toMoveOf(first).size() + ask.questions().size();
    int running = ask.questions().size();
    Standing standing = ask.standing();
    while (true) {
      List<Came> batch = next(line, running);
      running -= batch.size();
      if (batch.isEmpty() && !isToBeCutOff(debate)) {
        continue;
      }
      if (batch.isEmpty()) {
        return cutOff(debate, standing, threads, line, expected, draining);
      }
      var arrival = new Turns.Arrival(heard(batch), running, expected);
      switch (turns.store(debate, standing, arrival, draining)) {
        case Turn.Wait(Standing now) -> standing = now;
        case Turn.CallOff(Standing now) -> {
          return cutOff(debate, now, threads, line, expected, draining);
        }
        case Turn whole -> {
          return whole;
        }
      }
    }
  }

  /** Ends the calls that run; they stay open in the journal and are charged at their bound. */
  private Turn cutOff(
      Running debate,
      Standing standing,
      ExecutorService threads,
      Line line,
      int expected,
      BooleanSupplier draining)
      throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a seat's call does not end");
    }
    var late = new ArrayList<Came>();
    line.came().drainTo(late);
    return turns.store(debate, standing, new Turns.Arrival(heard(late), 0, expected), draining);
  }

  private Came call(Running debate, Turn.Ask ask, Question question, Deadline round) {
    try {
      // A node that was frozen after the commit must not pay for what another has asked meanwhile.
      if (ask.isOld() && !isStillOurs(debate)) {
        return new Came(Optional.empty(), null);
      }
      return new Came(calls.ask(debate, question, round.orIn(parts.limits().call())), null);
    } catch (RuntimeException bug) {
      return new Came(Optional.empty(), bug);
    }
  }

  /** The next answers, or none when the bell rang for something else or nothing came for long. */
  private static List<Came> next(Line line, int running) throws InterruptedException {
    var batch = new ArrayList<Came>();
    Came first = line.came().poll();
    if (first == null) {
      boolean unused = line.bell().await(LOOK_AGAIN);
      first = line.came().poll();
    }
    long until = System.nanoTime() + LINGER_NANOS;
    while (first != null) {
      batch.add(first);
      first =
          batch.size() < running
              ? line.came().poll(until - System.nanoTime(), TimeUnit.NANOSECONDS)
              : null;
    }
    return batch;
  }

  private static List<Heard> heard(List<Came> batch) {
    for (Came each : batch) {
      if (each.bug() != null) {
        throw each.bug();
      }
    }
    return batch.stream().flatMap(each -> each.heard().stream()).toList();
  }

  /** Whether the debate was called off or taken over meanwhile. */
  private boolean isToBeCutOff(Running debate) {
    try {
      return isCalledOffOrLost(debate);
    } catch (DatabaseFault unreachable) {
      // The seats go on: their answers are stored when the database is back.
      return false;
    }
  }

  private boolean isStillOurs(Running debate) {
    try {
      return !isCalledOffOrLost(debate);
    } catch (DatabaseFault unreachable) {
      // Nothing is paid on a guess: the call stays open in the journal.
      return false;
    }
  }

  private boolean isCalledOffOrLost(Running debate) {
    return parts
        .database()
        .inTransaction(
            debate.workspace(), tx -> DebateStore.isToBeCutOff(tx, debate.id(), debate.epoch()));
  }

  /** The doorbell's name for news that a running debate must hear at once. */
  static String control(DebateId debate) {
    return "debate.control." + debate;
  }
}
