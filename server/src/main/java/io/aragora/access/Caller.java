package io.aragora.access;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Right;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whoever makes this request: the workspace it is in, who it is, and what it may do. A person has a
 * session; a key has none. {@code account} is whose key it is, where it is a member's. Proven is
 * who showed lately that they are this person.
 */
public record Caller(
    WorkspaceId workspace,
    ActorId actor,
    Set<Permission> permissions,
    Optional<AccountId> account,
    Optional<UUID> session,
    boolean isProven)
    implements Admitted {
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** An API key, on its own or of a member. */
  public static Caller key(
      WorkspaceId workspace,
      ActorId actor,
      Set<Permission> permissions,
      Optional<AccountId> account) {
    return new Caller(workspace, actor, permissions, account, Optional.empty(), false);
  }

  /** A person with a session, in the workspace chosen, or in {@link Admitted#NOWHERE}. */
  public static Caller person(
      WorkspaceId workspace, AccountId account, UUID session, Set<Permission> permissions) {
    return new Caller(
        workspace, account.actor(), permissions, Optional.of(account), Optional.of(session), false);
  }

  /** The same person, who showed lately that they are. */
  public Caller proven() {
    return new Caller(workspace, actor, permissions, account, session, true);
  }

  /** The same caller with at most those permissions. */
  public Caller within(Set<Permission> most) {
    var left = permissions.stream().filter(most::contains).collect(Collectors.toUnmodifiableSet());
    return new Caller(workspace, actor, left, account, session, isProven);
  }

  /** The caller the gate admitted. */
  public static Caller of(Call call) {
    return call.admitted(Caller.class);
  }

  @Override
  public boolean holds(Right right) {
    return right == AnyCaller.ADMITTED
        || right == AnyCaller.PERSON && session.isPresent()
        || right == AnyCaller.PROVEN && isProven
        || permissions.stream().anyMatch(held -> held.wire().equals(right.wire()));
  }

  @Override
  public Doer.Kind kind() {
    return session.isPresent() ? Doer.Kind.PERSON : Doer.Kind.KEY;
  }

  public void require(Permission permission) {
    if (!permissions.contains(permission)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this needs the permission " + permission.wire());
    }
  }

  /** The person's account; refuses a caller that is no person signed in. */
  public AccountId person() {
    return account
        .filter(each -> session.isPresent())
        .orElseThrow(() -> Refusal.of(ErrorCode.FORBIDDEN, "only a person signed in may do this"));
  }
}
