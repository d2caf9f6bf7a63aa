package io.aragora.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until the test moves it. */
public final class SetClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  public void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}
