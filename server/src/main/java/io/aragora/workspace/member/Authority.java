package io.aragora.workspace.member;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.Tx;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a caller may give and take: never a role that may do more than the caller. A person is
 * judged by their row as it is in this transaction, not as it was when the request came in.
 */
public final class Authority {
  private final Set<Permission> held;

  private Authority(Set<Permission> held) {
    this.held = held;
  }

  /** The workspace's row must be locked, or the answer may be old before it is used. */
  static Authority of(Tx tx, Caller caller, MemberStore store) {
    return new Authority(
        caller
            .account()
            .map(
                account ->
                    store
                        .find(tx, caller.workspace(), account)
                        .filter(Member::isActive)
                        .flatMap(member -> Role.ofWire(member.role()))
                        .map(role -> both(caller.permissions(), role.permissions()))
                        .orElse(Set.of()))
            .orElse(caller.permissions()));
  }

  /** Refuses a caller who may not do this any more. */
  public void require(Permission permission) {
    if (!held.contains(permission)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this needs the permission " + permission.wire());
    }
  }

  /** Refuses a caller who may do less than a holder of this role. */
  public void mustReach(Role role) {
    if (!held.containsAll(role.permissions())) {
      throw Refusal.of(
          ErrorCode.FORBIDDEN, "this needs every permission of the role " + role.wire());
    }
  }

  private static Set<Permission> both(Set<Permission> one, Set<Permission> other) {
    var both = EnumSet.noneOf(Permission.class);
    both.addAll(one);
    both.retainAll(other);
    return both;
  }
}
