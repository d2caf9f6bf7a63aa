package io.aragora.kernel;

import java.util.Objects;
import java.util.UUID;

/** The unit of data and money a request belongs to. */
public record WorkspaceId(UUID value) {
  public WorkspaceId {
    Objects.requireNonNull(value, "workspace id");
  }

  public static WorkspaceId of(String text) {
    return new WorkspaceId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
