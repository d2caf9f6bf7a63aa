package io.aragora.platform.http.sender;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The addresses of a host whose name is known. It is looked up anew when somebody asks and the last
 * look is half a minute old, by one of those who ask: the others go on with what was found before.
 * A name that is not answered keeps its addresses for five minutes, and then has none.
 */
final class LookedUp {
  private static final System.Logger LOG = System.getLogger("aragora.http");
  private static final long FRESH = Duration.ofSeconds(30).toNanos();
  private static final long KEPT = Duration.ofMinutes(5).toNanos();

  /** Asks the name service; no addresses where it does not know, or does not answer. */
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> addresses(String name);
  }

  /** What was found, when, and when last somebody looked. */
  private record Found(Set<InetAddress> addresses, long foundAt, long lookedAt) {}

  private final String name;
  private final Resolver resolver;
  private final LongSupplier nanos;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Optional<Found> last = Optional.empty();

  LookedUp(String name, Resolver resolver, LongSupplier nanos) {
    this.name = name;
    this.resolver = resolver;
    this.nanos = nanos;
  }

  boolean contains(InetAddress address) {
    if (last.isEmpty()) {
      looking.lock();
    } else if (isFresh() || !looking.tryLock()) {
      return has(address);
    }
    try {
      if (!isFresh()) {
        look();
      }
    } finally {
      looking.unlock();
    }
    return has(address);
  }

  private boolean has(InetAddress address) {
    return last.map(found -> found.addresses().contains(address)).orElse(false);
  }

  private boolean isFresh() {
    return last.map(found -> nanos.getAsLong() - found.lookedAt() < FRESH).orElse(false);
  }

  private void look() {
    Set<InetAddress> seen =
        resolver.addresses(name).stream()
            .map(Address::bare)
            .collect(Collectors.toUnmodifiableSet());
    long now = nanos.getAsLong();
    Optional<Found> before = last;
    boolean isKept =
        seen.isEmpty() && before.map(found -> now - found.foundAt() < KEPT).orElse(false);
    if (seen.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "the proxy {0} has no address now", name);
    }
    last =
        Optional.of(
            isKept
                ? new Found(before.get().addresses(), before.get().foundAt(), now)
                : new Found(seen, now, now));
  }
}
