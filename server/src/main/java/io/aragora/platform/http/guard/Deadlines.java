package io.aragora.platform.http.guard;

import java.time.Duration;

/** How long each phase of a connection may take before it is cut. */
public record Deadlines(Duration head, Duration body, Duration idle, Duration stalledWrite) {
  /** A body may outlast its deadline while it keeps this pace. */
  static final long BYTES_PER_SECOND = 16 * 1024;

  public static Deadlines of(Duration head, Duration body) {
    return new Deadlines(head, body, Duration.ofSeconds(75), Duration.ofSeconds(30));
  }
}
