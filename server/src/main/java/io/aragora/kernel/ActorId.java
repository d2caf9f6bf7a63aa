package io.aragora.kernel;

import java.util.Objects;
import java.util.UUID;

/** Whoever is named as the doer of a change: a person, a key or the appliance itself. */
public record ActorId(UUID value) {
  public ActorId {
    Objects.requireNonNull(value, "actor id");
  }

  public static ActorId of(String text) {
    return new ActorId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
