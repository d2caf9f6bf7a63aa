package io.aragora.kernel;

import java.util.Objects;
import java.util.UUID;

/** One question put to a panel until it ends in a typed outcome. */
public record DebateId(UUID value) {
  public DebateId {
    Objects.requireNonNull(value, "debate id");
  }

  public static DebateId of(String text) {
    return new DebateId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
