package io.aragora.workspace;

import io.aragora.kernel.WorkspaceId;
import java.util.function.Consumer;
import java.util.function.Function;

/** Gives the one thing a workspace has of a kind. */
record SingleExport(String name, Function<WorkspaceId, ? extends Object> thing)
    implements WorkspaceExport {
  @Override
  public void write(WorkspaceId workspace, Consumer<Object> line) {
    line.accept(thing.apply(workspace));
  }
}
