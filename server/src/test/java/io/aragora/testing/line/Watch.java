package io.aragora.testing.line;

import java.util.Optional;
import java.util.function.IntFunction;

/** Counts the round trips of one thing that is done, and picks those to spoil. */
final class Watch {
  private final Scope scope;
  private final IntFunction<Optional<LineFault>> plan;
  private int counted;
  private int spoiled;
  private String struck = "";

  /** {@code plan} tells what happens to the n-th round trip, counted from one. */
  Watch(Scope scope, IntFunction<Optional<LineFault>> plan) {
    this.scope = scope;
    this.plan = plan;
  }

  /** Counts this round trip if it is in scope, and tells what is to happen to it. */
  synchronized Optional<LineFault> next(boolean isBackground, String sql) {
    if (isBackground && scope == Scope.REQUESTS) {
      return Optional.empty();
    }
    counted++;
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

  synchronized int spoiled() {
    return spoiled;
  }

  /** The statements that were spoiled last; empty as long as none was. */
  synchronized String struck() {
    return struck;
  }
}
