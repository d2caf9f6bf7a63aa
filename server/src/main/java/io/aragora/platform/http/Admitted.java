package io.aragora.platform.http;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.WorkspaceId;
import java.util.UUID;

/** A caller let in: which workspace it is in, who it is and which rights it holds. */
public interface Admitted {
  /** Where a person is who is in no workspace: row-level security shows nothing here. */
  WorkspaceId NOWHERE = new WorkspaceId(new UUID(0, 0));

  WorkspaceId workspace();

  ActorId actor();

  Doer.Kind kind();

  boolean holds(Right right);
}
