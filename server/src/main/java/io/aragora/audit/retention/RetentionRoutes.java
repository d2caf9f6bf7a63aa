package io.aragora.audit.retention;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** How long the words of audit entries are kept, over HTTP. */
public final class RetentionRoutes implements Routes {
  static final Operation GET =
      Operation.get("retention.get", "/api/v1/audit/retention")
          .about("How many days the words of audit entries are kept.")
          .needs(Permission.READ_AUDIT)
          .gives(200, RetentionView.class);

  static final Operation SET =
      Operation.put("retention.set", "/api/v1/audit/retention")
          .about(
              "Sets how many days the words of audit entries (address and detail) are kept, 30 to"
                  + " 36500; without days for ever. Hashes always stay.")
          .needs(Permission.CHANGE_RETENTION)
          .takes(RetentionView.Wish.class)
          .gives(200, RetentionView.class);

  private final Retention retention;

  public RetentionRoutes(Retention retention) {
    this.retention = retention;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, call -> Reply.ok(retention.read(Caller.of(call).workspace()))),
        new Endpoint(SET, this::set));
  }

  private Reply set(Call call) {
    return Reply.ok(
        retention.set(Caller.of(call).workspace(), call.body(RetentionView.Wish.class)));
  }
}
