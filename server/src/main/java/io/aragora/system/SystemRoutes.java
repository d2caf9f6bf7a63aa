package io.aragora.system;

import io.aragora.access.Permission;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Tells what this node is. */
public final class SystemRoutes implements Routes {
  private static final Operation GET =
      Operation.get("system.get", "/api/v1/system")
          .about("Tells version, schema and uptime of the node that answers.")
          .needs(Permission.READ_SYSTEM)
          .gives(200, SystemView.class);

  /** What a node says of itself. */
  public record SystemView(
      String version, String commit, String schema, long uptimeSeconds, boolean rehearsal) {}

  private final SystemInfo info;

  public SystemRoutes(SystemInfo info) {
    this.info = info;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(GET, this::get));
  }

  private Reply get(Call call) {
    return Reply.ok(
        new SystemView(
            info.build().version(),
            info.build().commit(),
            info.schema(),
            info.uptime().toSeconds(),
            info.rehearsal() == SystemInfo.Rehearsal.ON));
  }
}
