package io.aragora.access;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Right;
import java.util.Set;

/** Whoever makes this request: the workspace it is in, who it is, and what it may do. */
public record Caller(WorkspaceId workspace, ActorId actor, Set<Permission> permissions)
    implements Admitted {
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** The caller the gate admitted. */
  public static Caller of(Call call) {
    return call.admitted(Caller.class);
  }

  @Override
  public boolean holds(Right right) {
    return right == AnyCaller.ADMITTED
        || permissions.stream().anyMatch(held -> held.wire().equals(right.wire()));
  }

  public void require(Permission permission) {
    if (!permissions.contains(permission)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this needs the permission " + permission.wire());
    }
  }
}
