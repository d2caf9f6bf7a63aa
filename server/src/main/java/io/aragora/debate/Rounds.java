package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.event.Event;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.db.Tx;
import io.aragora.platform.egress.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks all seats of a move at once and waits until each has answered, failed or been called off.
 */
final class Rounds {
  private static final long LOOK_AGAIN_NANOS = 200_000_000;

  private final DebateParts parts;
  private final SeatCalls calls;

  Rounds(DebateParts parts) {
    this.parts = parts;
    this.calls = new SeatCalls(parts);
  }

  void run(Running debate, List<Question> questions, List<Answered> answers)
      throws InterruptedException {
    Question first = questions.getFirst();
    long before = answers.stream().filter(each -> sameMove(each, first)).count();
    boolean paid =
        parts
            .database()
            .inTransaction(debate.workspace(), tx -> prepare(tx, debate, questions, before == 0));
    if (paid) {
      ask(debate, questions, (int) before + questions.size());
    }
  }

  /** Writes the calls down before they are made, or that the hold has no room for them. */
  private boolean prepare(Tx tx, Running debate, List<Question> questions, boolean isNew) {
    if (!DebateStore.owns(tx, debate.id(), debate.epoch())) {
      throw new Running.Lost(debate.id());
    }
    Question first = questions.getFirst();
    var events = new ArrayList<Event>();
    Money needed = Money.ZERO;
    for (Question question : questions) {
      needed = needed.plus(question.bound());
    }
    Money left = parts.budgets().left(tx, debate.row().reservation());
    boolean fits = needed.compareTo(left) <= 0;
    if (fits) {
      if (isNew && first.seat() > 0) {
        events.add(new Event.RoundStarted(first.round(), first.move()));
      }
      for (Question question : questions) {
        CallStore.intend(tx, debate.workspace(), debate.id(), question, parts.clock().instant());
      }
    } else {
      events.add(new Event.BudgetExceeded(needed, left, "hold"));
      questions.forEach(question -> unpaid(tx, debate, question));
    }
    if (!events.isEmpty()) {
      parts.events().append(tx, debate.workspace(), debate.id(), events);
    }
    return fits;
  }

  private void unpaid(Tx tx, Running debate, Question question) {
    DebateStore.answer(
        tx,
        debate.workspace(),
        debate.id(),
        new Answered(
            question.round(),
            question.seat(),
            question.move(),
            question.callId(),
            java.util.Optional.of(Replay.OVER_BUDGET),
            "{}",
            "",
            "",
            0,
            0,
            parts.clock().instant()));
  }

  private void ask(Running debate, List<Question> questions, int expected)
      throws InterruptedException {
    Deadline round = deadline(debate);
    var unanswered = new AtomicInteger(questions.size());
    try (Doorbell.Ticket bell = parts.doorbell().listen(control(debate.id()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (Question question : questions) {
        running.add(
            threads.submit(
                () -> {
                  try {
                    calls.run(debate, question, round.orIn(parts.limits().call()), expected);
                  } finally {
                    unanswered.decrementAndGet();
                    bell.wake();
                  }
                }));
      }
      if (await(debate, bell, unanswered)) {
        for (Future<?> each : running) {
          rethrow(each);
        }
      } else {
        threads.shutdownNow();
      }
    }
  }

  /** Waits for the seats; false when the debate was called off or taken over meanwhile. */
  private boolean await(Running debate, Doorbell.Ticket bell, AtomicInteger unanswered)
      throws InterruptedException {
    long looked = System.nanoTime();
    while (unanswered.get() > 0) {
      bell.await(Duration.ofSeconds(1));
      // Each answer rings too: the row is read again only once in a while.
      if (unanswered.get() > 0 && System.nanoTime() - looked > LOOK_AGAIN_NANOS) {
        looked = System.nanoTime();
        if (isCancelled(debate)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isCancelled(Running debate) {
    return parts
        .database()
        .inTransaction(
            debate.workspace(),
            tx ->
                DebateStore.find(tx, debate.id())
                    .map(row -> row.cancelWanted() || row.ownerEpoch() != debate.epoch())
                    .orElse(true));
  }

  private static void rethrow(Future<?> call) throws InterruptedException {
    try {
      call.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (java.util.concurrent.TimeoutException stuck) {
      throw new IllegalStateException("a seat's call does not end", stuck);
    }
  }

  private Deadline deadline(Running debate) {
    Duration left = Duration.between(parts.clock().instant(), debate.row().deadlineAt());
    Duration positive = left.isNegative() ? Duration.ofMillis(1) : left;
    return Deadline.in(positive).orIn(parts.limits().round());
  }

  /** The doorbell's name for news that a running debate must hear at once. */
  static String control(DebateId debate) {
    return "debate.control." + debate;
  }

  private static boolean sameMove(Answered answer, Question question) {
    return answer.round() == question.round() && answer.move().equals(question.move());
  }
}
