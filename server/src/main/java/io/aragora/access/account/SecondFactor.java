package io.aragora.access.account;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import java.util.Optional;

/** What a person must show besides the password, if they set it up. */
@FunctionalInterface
public interface SecondFactor {
  /** Where nobody has one. */
  SecondFactor NONE = (tx, account, code) -> Factor.NONE_NEEDED;

  /** What a code is worth. */
  enum Factor {
    NONE_NEEDED,
    MISSING,
    WRONG,
    RIGHT
  }

  /** Runs in the sign-in's transaction, which commits whatever the answer: wrong ones count. */
  Factor check(Tx tx, AccountId account, Optional<String> code);
}
