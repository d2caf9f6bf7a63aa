package io.aragora.provider;

import io.aragora.platform.egress.Deadline;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One ask on its way to one model: its attempts so far, and whether another may follow. */
final class Asking {
  private static final int MAX_SENDS = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  /** Waits between attempts. */
  @FunctionalInterface
  interface Pause {
    Pause SLEEP = Thread::sleep;

    void rest(Duration time) throws InterruptedException;
  }

  /** What an ask is carried out with. */
  record Means(
      ModelProvider provider, CircuitBreaker breaker, RandomGenerator random, Pause pause) {}

  private final Means means;
  private final Deadline deadline;
  private final TokenSink sink;
  private final List<Attempt> attempts = new ArrayList<>();

  Asking(Means means, Deadline deadline, TokenSink sink) {
    this.means = means;
    this.deadline = deadline;
    this.sink = sink;
  }

  /** Asks until the model answers; retries only what cannot have been charged. */
  Answer answer(Ask ask) {
    for (int sends = 1; ; ) {
      try {
        return once(ask);
      } catch (ProviderFailure failure) {
        switch (failure.retry()) {
          case NEVER -> throw failure.withAttempts(attempts);
          case AT_ONCE -> {}
          case LATER -> {
            if (sends++ == MAX_SENDS) {
              throw failure.withAttempts(attempts);
            }
            waitAfter(failure, sends);
          }
        }
        sink.restart();
      }
    }
  }

  /** Writes down that the last answer, though given and charged, is of no use. */
  ProviderFailure spoiled(ProviderFailure.Kind kind, String why) {
    markSpoiled(kind);
    return ProviderFailure.billed(kind, why, attempts.getLast().usage()).withAttempts(attempts);
  }

  void markSpoiled(ProviderFailure.Kind kind) {
    Attempt last = attempts.removeLast();
    attempts.add(
        new Attempt(
            last.number(),
            kind,
            last.usage(),
            last.mayBeBilled(),
            last.modelActual(),
            last.took()));
  }

  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  private Answer once(Ask ask) {
    if (deadline.hasPassed()) {
      throw notAsked(ProviderFailure.Kind.TIMEOUT, "the deadline has passed");
    }
    if (!means.breaker().tryAcquirePermission()) {
      throw notAsked(
          ProviderFailure.Kind.BREAKER_OPEN, ask.modelId() + " failed too often just now");
    }
    long start = System.nanoTime();
    try {
      Answer answer = means.provider().ask(ask, deadline, sink);
      means.breaker().onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      note(null, answer.usage(), true, answer.modelActual(), start);
      return answer;
    } catch (ProviderFailure failure) {
      judge(failure, start);
      note(failure.kind(), failure.usage(), failure.mayBeBilled(), "", start);
      throw failure;
    } catch (RuntimeException bug) {
      means.breaker().releasePermission();
      throw bug;
    }
  }

  private void judge(ProviderFailure failure, long start) {
    long took = System.nanoTime() - start;
    if (failure.kind().isIllness()) {
      means.breaker().onError(took, TimeUnit.NANOSECONDS, failure);
    } else {
      means.breaker().onSuccess(took, TimeUnit.NANOSECONDS);
    }
  }

  private void note(
      ProviderFailure.@org.jspecify.annotations.Nullable Kind failure,
      Usage usage,
      boolean mayBeBilled,
      String modelActual,
      long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    attempts.add(new Attempt(attempts.size() + 1, failure, usage, mayBeBilled, modelActual, took));
  }

  private static ProviderFailure notAsked(ProviderFailure.Kind kind, String why) {
    return ProviderFailure.unbilled(kind, why, ProviderFailure.Retry.NEVER);
  }

  /** As long as the provider says, else a random part of a doubling time; never past the end. */
  private void waitAfter(ProviderFailure failure, int send) {
    Duration most = FIRST_WAIT.multipliedBy(1L << (send - 2));
    Duration capped = most.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : most;
    Duration wait =
        failure
            .retryAfter()
            .orElseGet(() -> Duration.ofMillis(means.random().nextLong(capped.toMillis() + 1)));
    if (wait.compareTo(deadline.left()) >= 0) {
      throw failure.withAttempts(attempts);
    }
    try {
      means.pause().rest(wait);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failure.withAttempts(attempts);
    }
  }
}
