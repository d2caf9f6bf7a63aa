package io.aragora.platform.http;

import io.aragora.kernel.WorkspaceId;

/** A caller let in: which workspace it is in and which rights it holds. */
public interface Admitted {
  WorkspaceId workspace();

  boolean holds(Right right);
}
