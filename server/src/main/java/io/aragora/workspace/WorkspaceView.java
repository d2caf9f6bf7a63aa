package io.aragora.workspace;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as its members see it; one to be deleted says when, and can only be read till then.
 */
public record WorkspaceView(
    UUID id, String name, String status, Instant createdAt, @Nullable Instant eraseAt) {

  /** One workspace of a person, and what they are in it. */
  public record Mine(UUID id, String name, String role, String status, @Nullable Instant eraseAt) {}

  /** What the audit log compares. */
  record State(String name, String status) {}

  State state() {
    return new State(name, status);
  }

  boolean isActive() {
    return status.equals("active");
  }
}
