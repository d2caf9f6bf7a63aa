package io.aragora.access;

import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Tells a caller who it is. */
public final class AccessRoutes implements Routes {
  private static final Operation ME =
      Operation.get("me.get", "/api/v1/me")
          .about("Tells which workspace this key is of and what it may do.")
          .needs(AnyCaller.ADMITTED)
          .gives(200, Me.class);

  /** The caller as it sees itself. */
  public record Me(UUID workspaceId, UUID actorId, List<String> permissions) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(ME, AccessRoutes::me));
  }

  private static Reply me(Call call) {
    var caller = Caller.of(call);
    return Reply.ok(
        new Me(
            caller.workspace().value(),
            caller.actor().value(),
            caller.permissions().stream()
                .map(Permission::wire)
                .sorted(Comparator.naturalOrder())
                .toList()));
  }
}
