package io.aragora.cli.admin;

import io.aragora.kernel.WorkspaceId;

/** What the commands for who pays for whom ask of the appliance's database. */
public interface TreeDesk extends AutoCloseable {
  void place(WorkspaceId child, WorkspaceId parent);

  void detach(WorkspaceId child);

  @Override
  void close();
}
