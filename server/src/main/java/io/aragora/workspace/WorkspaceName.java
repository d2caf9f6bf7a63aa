package io.aragora.workspace;

import io.aragora.workspace.name.PlainName;

/** The name of a workspace: one line of at most 200 characters. */
public record WorkspaceName(String name) {
  public WorkspaceName {
    name = PlainName.clean("name", name);
  }
}
