package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.Refusal;
import java.util.Optional;

/** What an account is made with; without a password its owner comes in some other way. */
public record NewAccount(
    AccountId id, String email, String name, Optional<String> passwordHash, boolean operator) {
  private static final int LONGEST_NAME = 200;

  public NewAccount {
    name = name.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid("/name", "length", "a name has 1 to 200 characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("/name", "characters", "a name has no control characters");
    }
  }

  @Override
  public String toString() {
    return "account " + id;
  }
}
