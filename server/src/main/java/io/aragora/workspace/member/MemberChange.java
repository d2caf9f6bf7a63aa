package io.aragora.workspace.member;

import io.aragora.access.Role;
import org.jspecify.annotations.Nullable;

/** What is to be different about a member; what is absent stays. */
public record MemberChange(@Nullable String role, @Nullable String status) {
  public MemberChange {
    if (role != null && Role.ofWire(role).isEmpty()) {
      throw new IllegalArgumentException("role must be owner, admin, member, viewer or auditor");
    }
    if (status != null && !status.equals(Member.ACTIVE) && !status.equals(Member.DEACTIVATED)) {
      throw new IllegalArgumentException("status must be active or deactivated");
    }
    if (role == null && status == null) {
      throw new IllegalArgumentException("give a role, a status or both");
    }
  }

  Member.State appliedTo(Member member) {
    return new Member.State(
        role == null ? member.role() : role, status == null ? member.status() : status);
  }
}
