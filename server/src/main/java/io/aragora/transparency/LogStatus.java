package io.aragora.transparency;

import org.jspecify.annotations.Nullable;

/** The state of the log for people: {@code closedBecause} is null while it takes leaves. */
public record LogStatus(
    String origin, long leaves, long published, @Nullable String closedBecause) {
  public boolean isOpen() {
    return closedBecause == null;
  }
}
