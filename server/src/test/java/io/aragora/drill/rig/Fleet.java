package io.aragora.drill.rig;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** The nodes a client may be sent to now, as a load balancer would know them. */
public final class Fleet {
  private final List<NodeProcess> up = new CopyOnWriteArrayList<>();
  private final Predicate<NodeProcess> isFit;

  /** Sends clients to every node that is up, as one does who does not ask. */
  public Fleet() {
    this(any -> true);
  }

  private Fleet(Predicate<NodeProcess> isFit) {
    this.isFit = isFit;
  }

  /** Sends clients only to nodes that say they are ready, as load balancers do. */
  public static Fleet ofReady() {
    return new Fleet(NodeProcess::isReady);
  }

  public Fleet with(NodeProcess node) {
    up.add(node);
    return this;
  }

  public void without(NodeProcess node) {
    up.remove(node);
  }

  public List<NodeProcess> up() {
    return List.copyOf(up);
  }

  /** Any of them; which one is not part of what a seed repeats. */
  public Optional<NodeProcess> any() {
    List<NodeProcess> now = up().stream().filter(isFit).toList();
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(now.get(ThreadLocalRandom.current().nextInt(now.size())));
  }
}
