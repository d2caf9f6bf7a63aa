package io.aragora.platform.http.safety;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One token bucket each for those who called last. Whoever is forgotten starts with a full bucket:
 * to gain by that takes more addresses than are remembered.
 */
final class Buckets {
  static final int REMEMBERED = 10_000;
  private static final int SOME_AT_ONCE = 60;

  private final String policy;
  private final int perMinute;
  private final TimeMeter clock;
  private final Map<String, Bucket> latest =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  Buckets(String policy, int perMinute, TimeMeter clock) {
    this.policy = policy;
    this.perMinute = perMinute;
    this.clock = clock;
  }

  Optional<Allowance> take(String who) {
    return perMinute == 0 ? Optional.empty() : Optional.of(told(probe(who)));
  }

  int size() {
    synchronized (latest) {
      return latest.size();
    }
  }

  private ConsumptionProbe probe(String who) {
    Bucket bucket;
    synchronized (latest) {
      bucket = latest.computeIfAbsent(who, unknown -> full());
    }
    return bucket.tryConsumeAndReturnRemaining(1);
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(atOnce()).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(clock)
        .build();
  }

  private Allowance told(ConsumptionProbe probe) {
    return new Allowance(
        policy,
        atOnce(),
        Duration.ofMillis(atOnce() * 60_000L / perMinute),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        probe.isConsumed()
            ? Duration.ZERO
            : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
  }

  /** A fifth of a minute's requests may come at once, or a screen's worth where that is more. */
  private long atOnce() {
    return Math.max(perMinute / 5, Math.min(perMinute, SOME_AT_ONCE));
  }
}
