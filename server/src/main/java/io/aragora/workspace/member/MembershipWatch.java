package io.aragora.workspace.member;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;

/**
 * Told, in the transaction of the change, that a member's standing is another one: sessions, keys
 * and invites that rested on the old one must follow.
 */
public interface MembershipWatch {
  /** What became of the membership. */
  enum Change {
    /** Another role. */
    ROLE,
    /** Left, removed or deactivated. */
    ENDED
  }

  void changed(Tx tx, WorkspaceId workspace, AccountId account, Change change);

  /** Told once that has committed: what is remembered of members is old now. */
  default void settled() {}
}
