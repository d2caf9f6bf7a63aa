package io.aragora.cli.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What the commands for workspaces without people ask of the appliance's database. */
public interface WorkspaceDesk extends AutoCloseable {
  /** A workspace just made, and a key to all of it that is shown now and never again. */
  record Made(UUID workspaceId, String name, String key, Instant keyExpiresAt) {
    @Override
    public String toString() {
      return "workspace " + workspaceId;
    }
  }

  Made make(String name, Duration keyLife);

  /** Erases all of a workspace that has no members. */
  void erase(UUID workspace);

  @Override
  void close();
}
