package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.Names;
import java.util.Optional;

/** What an account is made with; without a password its owner comes in some other way. */
public record NewAccount(
    AccountId id, String email, String name, Optional<String> passwordHash, boolean operator) {
  public NewAccount {
    name = Names.require(name, Names.LONGEST);
  }

  @Override
  public String toString() {
    return "account " + id;
  }
}
