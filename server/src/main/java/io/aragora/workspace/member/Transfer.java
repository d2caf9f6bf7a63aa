package io.aragora.workspace.member;

import io.aragora.access.Role;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who becomes an owner, and what the giver is from then on; absent, the giver stays an owner. */
public record Transfer(UUID accountId, @Nullable String ownRole) {
  public Transfer {
    Objects.requireNonNull(accountId, "account_id");
    if (ownRole != null && Role.ofWire(ownRole).filter(role -> role != Role.OWNER).isEmpty()) {
      throw new IllegalArgumentException("own_role must be admin, member, viewer or auditor");
    }
  }
}
