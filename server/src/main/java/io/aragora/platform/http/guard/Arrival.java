package io.aragora.platform.http.guard;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the present request of one connection has come in, and since when. */
public final class Arrival {
  /** What the connection is doing. */
  public enum Phase {
    HEAD,
    BODY,
    WORK,
    /** Answered, but part of the request was never read. */
    DRAIN,
    IDLE
  }

  private record State(Phase phase, long since, long bytes) {}

  static final ScopedValue<Arrival> CURRENT = ScopedValue.newInstance();

  /** How long the web server has to send the end of an answer after which the line is closed. */
  private static final long LAST_NANOS = Duration.ofMillis(250).toNanos();

  private final Deadlines deadlines;
  private volatile State state = new State(Phase.HEAD, System.nanoTime(), 0);
  private volatile long writingSince;
  private volatile boolean cut;
  private volatile boolean last;

  Arrival(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** The arrival this thread serves; empty off the guarded sockets. */
  public static Optional<Arrival> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The head is complete; a body is being read, or nothing if there is none. */
  public void headArrived() {
    enter(Phase.BODY);
  }

  /** All of the request is here: the handler may take its time. */
  public void bodyArrived() {
    enter(Phase.WORK);
  }

  /** The answer is written; what was not read of the body still has a deadline. */
  public void answered() {
    if (state.phase() == Phase.WORK) {
      enter(Phase.IDLE);
    } else {
      enter(Phase.DRAIN);
    }
  }

  /** As {@link #answered()}, and nothing more is to come on this connection. */
  public void answeredLast() {
    last = true;
    answered();
  }

  /** Whether the head that is coming in, or broke off, is longer than {@code bytes}. */
  public boolean isHeadLongerThan(long bytes) {
    State seen = state;
    return seen.phase() == Phase.HEAD && seen.bytes() > bytes;
  }

  void received(int bytes) {
    State now = state;
    if (now.phase() == Phase.IDLE) {
      state = new State(Phase.HEAD, System.nanoTime(), bytes);
    } else {
      state = new State(now.phase(), now.since(), now.bytes() + bytes);
    }
  }

  void writeBegins() {
    writingSince = Math.max(1, System.nanoTime());
  }

  void writeEnds() {
    writingSince = 0;
  }

  /** A client that began a request and heard nothing yet is owed an answer. */
  boolean isOwedAnswer() {
    State seen = state;
    return seen.phase() == Phase.BODY || (seen.phase() == Phase.HEAD && seen.bytes() > 0);
  }

  boolean isCut() {
    return cut;
  }

  void markCut() {
    cut = true;
  }

  Phase phase() {
    return state.phase();
  }

  /** Why this connection should be cut now, or null. */
  @Nullable String overdue(long now) {
    State seen = state;
    long age = now - seen.since();
    long writing = writingSince;
    if (writing != 0 && now - writing > deadlines.stalledWrite().toNanos()) {
      return "write";
    }
    return switch (seen.phase()) {
      case HEAD -> age > deadlines.head().toNanos() ? "head" : null;
      case BODY -> age > deadlines.body().toNanos() && isTooSlow(seen, age) ? "body" : null;
      case DRAIN -> age > deadlines.body().toNanos() ? "drain" : null;
      case IDLE -> age > (last ? LAST_NANOS : deadlines.idle().toNanos()) ? "idle" : null;
      case WORK -> null;
    };
  }

  private static boolean isTooSlow(State seen, long age) {
    return seen.bytes() * 1e9 / age < Deadlines.BYTES_PER_SECOND;
  }

  private void enter(Phase phase) {
    state = new State(phase, System.nanoTime(), 0);
  }
}
