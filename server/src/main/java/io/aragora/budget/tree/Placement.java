package io.aragora.budget.tree;

import java.util.Objects;
import java.util.UUID;

/** A wish to stand under a workspace, which then pays too. */
public record Placement(UUID workspaceId) {
  public Placement {
    Objects.requireNonNull(workspaceId, "workspace_id");
  }
}
