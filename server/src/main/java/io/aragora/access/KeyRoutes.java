package io.aragora.access;

import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** API keys over HTTP. */
public final class KeyRoutes implements Routes {
  static final Operation LIST =
      Operation.get("keys.list", "/api/v1/keys")
          .about("One's own API keys, newest first; all of the workspace's with key.read.")
          .needs(Permission.CREATE_KEY)
          .givesPageOf(KeyView.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation CREATE =
      Operation.post("keys.create", "/api/v1/keys")
          .about(
              "Makes an API key with at most the caller's permissions. Its secret is shown only now:"
                  + " a repeated request gets the same key with a new secret. A member's key never"
                  + " does more than the member's role allows, and ends with the membership.")
          .needs(Permission.CREATE_KEY)
          .takes(KeyWish.class)
          .gives(201, ShownKey.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation REVOKE =
      Operation.delete("keys.revoke", "/api/v1/keys/{id}")
          .about("Ends one's own API key at once, or anybody's with key.revoke.")
          .needs(Permission.CREATE_KEY)
          .gives(204, "", "The key has ended.");

  private final Access access;

  public KeyRoutes(Access access) {
    this.access = access;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(CREATE, this::create),
        new Endpoint(REVOKE, this::revoke));
  }

  private Reply list(Call call) {
    return Reply.ok(access.keys(Caller.of(call), call.limit(), call.cursor()));
  }

  private Reply create(Call call) {
    ShownKey key = access.createKey(Caller.of(call), call.newId(), call.body(KeyWish.class));
    return Reply.secret(201, key);
  }

  private Reply revoke(Call call) {
    access.revoke(Caller.of(call), call.pathId("id"));
    return Reply.empty(204);
  }
}
