package io.aragora.testing.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Counts the round trips of one thing that is done, and picks those to spoil. */
final class Watch {
  private final Scope scope;
  private final IntFunction<Optional<LineFault>> plan;
  private final List<String> heard = new ArrayList<>();
  private final boolean isListening;
  private int counted;
  private int spoiled;
  private String struck = "";

  /** {@code plan} tells what happens to the n-th round trip, counted from one. */
  Watch(Scope scope, IntFunction<Optional<LineFault>> plan) {
    this(scope, plan, false);
  }

  private Watch(Scope scope, IntFunction<Optional<LineFault>> plan, boolean isListening) {
    this.scope = scope;
    this.plan = plan;
    this.isListening = isListening;
  }

  /** Spoils nothing and keeps what each round trip asks. */
  static Watch listening(Scope scope) {
    return new Watch(scope, nth -> Optional.empty(), true);
  }

  /** Counts this round trip if it is in scope, and tells what is to happen to it. */
  synchronized Optional<LineFault> next(boolean isBackground, String sql) {
    if (isBackground && scope == Scope.REQUESTS) {
      return Optional.empty();
    }
    counted++;
    if (isListening) {
      heard.add(sql);
    }
    Optional<LineFault> fault = plan.apply(counted);
    if (fault.isPresent()) {
      spoiled++;
      struck = sql;
    }
    return fault;
  }

  synchronized int counted() {
    return counted;
  }

  synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  synchronized int spoiled() {
    return spoiled;
  }

  /** The statements that were spoiled last; empty as long as none was. */
  synchronized String struck() {
    return struck;
  }
}
