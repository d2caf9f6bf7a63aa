package io.aragora.access.account;

import io.aragora.kernel.AccountId;

/** A person's account. */
public record Account(AccountId id, String email, String name, Status status, boolean isOperator) {

  /** Whether its owner may come in. */
  public enum Status {
    ACTIVE,
    DEACTIVATED,
    /** Nothing is left that names the person. */
    ERASED
  }

  public boolean isActive() {
    return status == Status.ACTIVE;
  }
}
