package io.aragora.kernel;

import java.util.Objects;
import java.util.UUID;

/** A person's account on this appliance; the person is an actor under the same id. */
public record AccountId(UUID value) {
  public AccountId {
    Objects.requireNonNull(value, "account id");
  }

  public static AccountId of(String text) {
    return new AccountId(UUID.fromString(text));
  }

  public ActorId actor() {
    return new ActorId(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
