package io.aragora.access;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import java.util.UUID;

/** A key just made; its secret is shown now and never again. */
public record NewKey(UUID id, WorkspaceId workspace, ActorId actor, String secret) {
  @Override
  public String toString() {
    return "key " + id;
  }
}
