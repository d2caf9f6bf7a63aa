package io.aragora.system.node;

import io.aragora.platform.observe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Compares this node's clock with the database's: a little off is logged, too far is a fault. */
final class ClockCheck {
  static final Duration NOTEWORTHY = Duration.ofSeconds(2);
  static final Duration MOST = Duration.ofSeconds(60);

  private static final System.Logger LOG = System.getLogger(ClockCheck.class.getName());

  private final Supplier<Instant> theirs;
  private final InstantSource ours;
  private final AtomicBoolean told = new AtomicBoolean();

  ClockCheck(Supplier<Instant> theirs, InstantSource ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  Probe probe() {
    return new Probe("clock", this::fault);
  }

  /** How far this node is ahead of the database. */
  Duration skew() {
    Instant before = ours.instant();
    Instant there = theirs.get();
    // Halfway between asking and hearing is the best guess of when the database looked.
    return Duration.between(
        there, before.plus(Duration.between(before, ours.instant()).dividedBy(2)));
  }

  private Optional<String> fault() {
    Duration skew = skew();
    boolean isOff = skew.abs().compareTo(NOTEWORTHY) > 0;
    if (told.getAndSet(isOff) != isOff && isOff) {
      LOG.log(System.Logger.Level.WARNING, "{0}", words(skew));
    }
    return skew.abs().compareTo(MOST) > 0 ? Optional.of(words(skew)) : Optional.empty();
  }

  private static String words(Duration skew) {
    return "this node's clock is %d s %s the database's: set it right (is NTP running?)"
        .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of");
  }
}
