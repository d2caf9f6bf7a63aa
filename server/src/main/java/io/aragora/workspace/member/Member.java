package io.aragora.workspace.member;

import java.time.Instant;
import java.util.UUID;

/** A person in a workspace. */
public record Member(
    UUID accountId, String email, String name, String role, String status, Instant joinedAt) {
  static final String ACTIVE = "active";
  static final String DEACTIVATED = "deactivated";

  /** What the audit log compares: no words about the person. */
  record State(String role, String status) {}

  State state() {
    return new State(role, status);
  }

  boolean isActive() {
    return status.equals(ACTIVE);
  }
}
