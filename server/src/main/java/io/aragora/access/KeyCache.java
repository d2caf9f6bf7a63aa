package io.aragora.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Callers seen in the last two seconds, by hash: saves a look-up for each call of a busy key. */
final class KeyCache {
  private static final long LIFE = Duration.ofSeconds(2).toNanos();
  private static final int MOST = 4_096;

  private record Entry(Caller caller, long since) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();

  Optional<Caller> find(String hash) {
    return Optional.ofNullable(entries.get(hash))
        .filter(entry -> System.nanoTime() - entry.since() < LIFE)
        .map(Entry::caller);
  }

  /** To be read before the look-up: a caller found before a revocation is not kept after it. */
  long epoch() {
    return epoch.get();
  }

  void put(String hash, Caller caller, long seen) {
    if (entries.size() >= MOST) {
      entries.clear();
    }
    entries.put(hash, new Entry(caller, System.nanoTime()));
    if (epoch.get() != seen) {
      entries.remove(hash);
    }
  }

  void clear() {
    epoch.incrementAndGet();
    entries.clear();
  }
}
