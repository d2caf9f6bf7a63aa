package io.aragora.drill.history;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Everything clients did and learned, in the order they wrote it down. */
public final class History {
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  private final AtomicLong lastServerError = new AtomicLong();

  public void add(Operation operation) {
    operations.add(operation);
    if (operation instanceof Operation.Failed failed && failed.status() >= 500) {
      lastServerError.set(failed.at());
    }
  }

  /** When somebody was answered with 5xx last; 0 if that never was. */
  public long lastServerError() {
    return lastServerError.get();
  }

  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Those of one kind. */
  public <T extends Operation> Stream<T> of(Class<T> kind) {
    return operations.stream().filter(kind::isInstance).map(kind::cast);
  }
}
