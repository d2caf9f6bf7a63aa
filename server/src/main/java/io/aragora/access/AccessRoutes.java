package io.aragora.access;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells a caller who it is. */
public final class AccessRoutes implements Routes {
  private static final Operation ME =
      Operation.get("me.get", "/api/v1/me")
          .about("Tells which workspace the caller works in, what it may do, and who it is.")
          .needs(AnyCaller.ADMITTED)
          .gives(200, Me.class);

  private final PersonSource people;

  /** Where only keys call. */
  public AccessRoutes() {
    this((caller, cookies) -> Optional.empty());
  }

  public AccessRoutes(PersonSource people) {
    this.people = people;
  }

  /**
   * The caller as it sees itself. A person may be in no workspace; a key is always in one and is no
   * person.
   */
  public record Me(
      @Nullable UUID workspaceId, UUID actorId, List<String> permissions, @Nullable Person person) {
    public Me {
      permissions = List.copyOf(permissions);
    }

    public static Me of(Caller caller, Optional<Person> person) {
      return new Me(
          Optional.of(caller.workspace())
              .filter(place -> !place.equals(Admitted.NOWHERE))
              .map(WorkspaceId::value)
              .orElse(null),
          caller.actor().value(),
          caller.permissions().stream()
              .map(Permission::wire)
              .sorted(Comparator.naturalOrder())
              .toList(),
          person.orElse(null));
    }
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(ME, this::me));
  }

  private Reply me(Call call) {
    Caller caller = Caller.of(call);
    return Reply.ok(Me.of(caller, people.person(caller, call.header("Cookie"))));
  }
}
