package io.aragora.drill.rig;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** The nodes a client may be sent to now, as a load balancer would know them. */
public final class Fleet {
  private final List<NodeProcess> up = new CopyOnWriteArrayList<>();

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
    List<NodeProcess> now = up();
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(now.get(ThreadLocalRandom.current().nextInt(now.size())));
  }
}
