package io.aragora.access.account;

import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.access.session.Browser;
import io.aragora.access.session.SessionReply;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** Signing in and new passwords over HTTP. */
public final class AccountRoutes implements Routes {
  static final Operation SIGN_IN =
      Operation.post("sessions.create", "/api/v1/sessions")
          .about(
              "Signs a person in by e-mail and password, and by a code where the account asks for"
                  + " one. The answer sets a cookie and always begins a new session. Whoever fails"
                  + " often must wait longer each time, up to 15 minutes.")
          .takesSecret(Wish.SignIn.class)
          .gives(200, SessionReply.class)
          .refuses(
              ErrorCode.UNAUTHENTICATED, ErrorCode.SECOND_FACTOR_REQUIRED, ErrorCode.FORBIDDEN);

  static final Operation CHANGE =
      Operation.put("password.change", "/api/v1/me/password")
          .about("Sets a new password by the present one; the person's other sessions end.")
          .needs(AnyCaller.PERSON)
          .takesSecret(Wish.PasswordChange.class)
          .gives(204, "", "The password is changed.")
          .refuses(ErrorCode.CONFLICT);

  static final Operation ASK =
      Operation.post("password.ask", "/api/v1/password/resets")
          .about(
              "Mails a link for a new password, where there is such an account and the appliance can"
                  + " send mail. The answer is always the same.")
          .takes(Wish.PasswordReset.class)
          .gives(202, "", "A link is on its way, if there is such an account.")
          .refuses(ErrorCode.FORBIDDEN);

  static final Operation REDEEM =
      Operation.post("password.redeem", "/api/v1/password/resets/redeem")
          .about("Sets a new password by the token of a link, once; every session ends.")
          .takesSecret(Wish.PasswordRedeem.class)
          .gives(204, "", "The password is changed.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.FORBIDDEN);

  private final Accounts accounts;

  public AccountRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(SIGN_IN, this::signIn),
        new Endpoint(CHANGE, this::change),
        new Endpoint(ASK, this::ask),
        new Endpoint(REDEEM, this::redeem));
  }

  /** A cookie that comes along signs nobody in: nobody can plant a session here. */
  private Reply signIn(Call call) {
    var session = accounts.signIn(call.body(Wish.SignIn.class), Browser.of(call));
    return SessionReply.of(session);
  }

  private Reply change(Call call) {
    accounts.changePassword(Caller.of(call), call.body(Wish.PasswordChange.class));
    return Reply.empty(204);
  }

  private Reply ask(Call call) {
    accounts.askReset(call.body(Wish.PasswordReset.class));
    return Reply.empty(202);
  }

  private Reply redeem(Call call) {
    accounts.redeem(call.body(Wish.PasswordRedeem.class));
    return Reply.empty(204);
  }
}
