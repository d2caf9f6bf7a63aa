package io.aragora.access.session;

import io.aragora.access.AccessRoutes.Me;
import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.CallerSource;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person's sessions over HTTP. */
public final class SessionRoutes implements Routes {
  static final Operation LIST =
      Operation.get("sessions.list", "/api/v1/sessions")
          .about("Where the person is signed in, newest first.")
          .needs(AnyCaller.PERSON)
          .givesPageOf(SessionView.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation REVOKE =
      Operation.delete("sessions.revoke", "/api/v1/sessions/{id}")
          .about("Ends one of the person's sessions at once.")
          .needs(AnyCaller.PROVEN)
          .gives(204, "", "The session has ended.");

  static final Operation REVOKE_OTHERS =
      Operation.delete("sessions.revoke_others", "/api/v1/sessions")
          .about("Ends all of the person's sessions but the one that asks.")
          .needs(AnyCaller.PROVEN)
          .gives(204, "", "The other sessions have ended.");

  static final Operation END =
      Operation.delete("sessions.end", "/api/v1/session")
          .about("Signs out: ends the session of the cookie that came, if there is one alive.")
          .header("X-CSRF-Token", "The session's csrf_token.")
          .gives(204, "", "The session has ended and the cookie is gone.")
          .refuses(ErrorCode.FORBIDDEN);

  static final Operation WORK =
      Operation.put("me.work", "/api/v1/me/workspace")
          .about("Goes on in another workspace the person is a member of.")
          .needs(AnyCaller.PERSON)
          .takes(Place.class)
          .gives(200, Me.class)
          .refuses(ErrorCode.NOT_FOUND);

  /** A workspace to go on in. */
  public record Place(WorkspaceId workspaceId) {
    public Place {
      java.util.Objects.requireNonNull(workspaceId, "workspace_id");
    }
  }

  private final Sessions sessions;

  public SessionRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(REVOKE, this::revoke),
        new Endpoint(REVOKE_OTHERS, this::revokeOthers),
        new Endpoint(END, this::end),
        new Endpoint(WORK, this::work));
  }

  private Reply list(Call call) {
    return Reply.ok(sessions.page(Caller.of(call), call.limit(), call.cursor()));
  }

  private Reply revoke(Call call) {
    sessions.end(Caller.of(call), call.pathId("id"));
    return Reply.empty(204);
  }

  private Reply revokeOthers(Call call) {
    sessions.endOthers(Caller.of(call));
    return Reply.empty(204);
  }

  /** Open to everybody, so that a lost answer can be asked for again. */
  private Reply end(Call call) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : List.of("Authorization", "Cookie", "X-CSRF-Token")) {
      call.header(name).ifPresent(value -> headers.put(name, List.of(value)));
    }
    sessions.signOut(new CallerSource.Head("DELETE", headers));
    return SessionReply.over();
  }

  private Reply work(Call call) {
    Caller caller = sessions.work(Caller.of(call), call.body(Place.class).workspaceId());
    return Reply.ok(Me.of(caller, sessions.person(caller, call.header("Cookie"))));
  }
}
