package io.aragora.workspace.invite;

import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.session.Browser;
import io.aragora.access.session.SessionReply;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Invites over HTTP, for those who invite and for those who are invited. */
public final class InviteRoutes implements Routes {
  static final Operation CREATE =
      Operation.post("invites.create", "/api/v1/invites")
          .about(
              "Invites a person, for 7 days unless told, at most 30. The link is shown once; with"
                  + " an e-mail it is mailed too where mail is set up, and fits that account only.")
          .needs(Permission.INVITE_MEMBER)
          .takes(Invite.Wish.class)
          .gives(201, Invite.Issued.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation LIST =
      Operation.get("invites.list", "/api/v1/invites")
          .about("Who was invited by whom, and what became of it; newest first.")
          .needs(Permission.INVITE_MEMBER)
          .givesPageOf(Invite.class)
          .refuses(ErrorCode.INVALID_QUERY);

  static final Operation RESEND =
      Operation.post("invites.resend", "/api/v1/invites/{id}/resend")
          .about("Makes a new link for an invite; the old one is dead at once.")
          .needs(Permission.INVITE_MEMBER)
          .gives(200, Invite.Issued.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation REVOKE =
      Operation.delete("invites.revoke", "/api/v1/invites/{id}")
          .about("Takes an invite back.")
          .needs(Permission.INVITE_MEMBER)
          .gives(204, "", "Nobody can take the invite any more.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  static final Operation LOOK =
      Operation.post("invites.look", "/api/v1/invites/look")
          .about("Tells the holder of a link which workspace and role it is for.")
          .takesSecret(Invite.Token.class)
          .gives(200, Invite.Look.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation ACCEPT =
      Operation.post("invites.accept", "/api/v1/invites/accept")
          .about("Takes an invite by making an account, and signs in with it.")
          .takesSecret(Invite.Acceptance.class)
          .gives(200, SessionReply.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.FORBIDDEN);

  static final Operation JOIN =
      Operation.post("invites.join", "/api/v1/invites/join")
          .about("Takes an invite as the person signed in.")
          .needs(AnyCaller.PERSON)
          .takesSecret(Invite.Token.class)
          .gives(200, Invite.Joined.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  private final Invites invites;
  private final Acceptances acceptances;
  private final Sessions sessions;

  public InviteRoutes(Invites invites, Acceptances acceptances, Sessions sessions) {
    this.invites = invites;
    this.acceptances = acceptances;
    this.sessions = sessions;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(CREATE, this::create),
        new Endpoint(LIST, this::list),
        new Endpoint(RESEND, this::resend),
        new Endpoint(REVOKE, this::revoke),
        new Endpoint(LOOK, this::look),
        new Endpoint(ACCEPT, this::accept),
        new Endpoint(JOIN, this::join));
  }

  private Reply create(Call call) {
    return Reply.secret(
        201, invites.create(Caller.of(call), call.newId(), call.body(Invite.Wish.class)));
  }

  private Reply list(Call call) {
    return Reply.ok(invites.list(Caller.of(call).workspace(), call.limit(), call.cursor()));
  }

  private Reply resend(Call call) {
    return Reply.secret(200, invites.resend(Caller.of(call), call.pathId("id"), call.newId()));
  }

  private Reply revoke(Call call) {
    invites.revoke(Caller.of(call), call.pathId("id"));
    return Reply.empty(204);
  }

  private Reply look(Call call) {
    return Reply.ok(acceptances.look(call.body(Invite.Token.class).token()));
  }

  private Reply accept(Call call) {
    AccountId account =
        acceptances.accept(new AccountId(call.newId()), call.body(Invite.Acceptance.class));
    return SessionReply.of(sessions.begin(account, Strength.PASSWORD, Browser.of(call)));
  }

  private Reply join(Call call) {
    return Reply.ok(
        acceptances.join(Caller.of(call).person(), call.body(Invite.Token.class).token()));
  }
}
