package io.aragora.access.account;

import java.util.Optional;

/** An account with what its password is compared with. */
record Credentials(Account account, Optional<String> passwordHash) {
  @Override
  public String toString() {
    return "credentials of " + account.id();
  }
}
