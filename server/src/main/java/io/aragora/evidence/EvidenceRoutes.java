package io.aragora.evidence;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Attaching texts over HTTP. */
public final class EvidenceRoutes implements Routes {
  private static final Operation PUT =
      Operation.put("evidence.put", "/api/v1/evidence/{sha256}")
          .about(
              "Attaches a UTF-8 text under the SHA-256 of its bytes, so that debates may cite it.")
          .needs(Permission.OPEN_DEBATE)
          .takesBytes("application/octet-stream", EvidenceShelf.MOST_BYTES)
          .query("name", "string", "What people call the text; its hash unless told.")
          .gives(200, EvidenceItem.class)
          .refuses(ErrorCode.INVALID_INPUT);

  private static final Operation LIST =
      Operation.get("evidence.list", "/api/v1/evidence")
          .about("Lists the texts attached in this workspace.")
          .needs(Permission.READ_DEBATE)
          .givesPageOf(EvidenceItem.class);

  private final EvidenceShelf shelf;

  public EvidenceRoutes(EvidenceShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(PUT, this::put), new Endpoint(LIST, this::list));
  }

  private Reply put(Call call) {
    String sha256 = call.path("sha256");
    return Reply.ok(
        shelf.keep(
            Caller.of(call).workspace(), sha256, call.query("name").orElse(sha256), call.bytes()));
  }

  private Reply list(Call call) {
    return Reply.ok(shelf.list(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }
}
