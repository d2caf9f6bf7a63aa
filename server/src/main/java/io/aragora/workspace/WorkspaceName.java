package io.aragora.workspace;

import io.aragora.kernel.Names;

/** The name of a workspace: one line of at most 200 characters. */
public record WorkspaceName(String name) {
  public WorkspaceName {
    name = Names.require(name, Names.LONGEST);
  }
}
