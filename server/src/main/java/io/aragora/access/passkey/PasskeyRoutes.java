package io.aragora.access.passkey;

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

/** Passkeys over HTTP: a person's own, and signing in by one. */
public final class PasskeyRoutes implements Routes {
  private static final String MINE = "/api/v1/me/passkeys";

  static final Operation LIST =
      Operation.get("passkeys.list", MINE)
          .about("Your passkeys, at most 20, oldest first.")
          .needs(AnyCaller.PERSON)
          .givesPageOf(Passkey.class);

  static final Operation OPTIONS =
      Operation.post("passkeys.options", MINE + "/options")
          .about("What navigator.credentials.create needs; good for five minutes.")
          .needs(AnyCaller.PROVEN)
          .gives(200, Passkey.CreationOptions.class);

  static final Operation CREATE =
      Operation.post("passkeys.create", MINE)
          .about("Keeps the passkey that the browser made.")
          .needs(AnyCaller.PROVEN)
          .takes(Passkey.Made.class)
          .gives(201, Passkey.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation RENAME =
      Operation.put("passkeys.rename", MINE + "/{id}")
          .about("Gives a passkey another name.")
          .needs(AnyCaller.PERSON)
          .takes(Passkey.Name.class)
          .gives(200, Passkey.class)
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation REMOVE =
      Operation.delete("passkeys.remove", MINE + "/{id}")
          .about("Removes a passkey: it signs nobody in any more.")
          .needs(AnyCaller.PROVEN)
          .gives(204, "", "The passkey is gone.")
          .refuses(ErrorCode.NOT_FOUND);

  static final Operation CHALLENGE =
      Operation.post("passkeys.challenge", "/api/v1/passkeys/challenge")
          .about("What navigator.credentials.get needs to sign in; good for five minutes, once.")
          .gives(200, Passkey.RequestOptions.class);

  static final Operation SIGN_IN =
      Operation.post("passkeys.sign_in", "/api/v1/passkeys/sign-in")
          .about("Signs in by what a passkey signed: a session's cookie and its CSRF token.")
          .takes(Passkey.Assertion.class)
          .gives(200, SessionReply.class)
          .refuses(ErrorCode.UNAUTHENTICATED);

  private final Passkeys passkeys;

  public PasskeyRoutes(Passkeys passkeys) {
    this.passkeys = passkeys;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(OPTIONS, this::options),
        new Endpoint(CREATE, this::create),
        new Endpoint(RENAME, this::rename),
        new Endpoint(REMOVE, this::remove),
        new Endpoint(CHALLENGE, call -> Reply.ok(passkeys.challenge())),
        new Endpoint(SIGN_IN, this::signIn));
  }

  private Reply list(Call call) {
    return Reply.ok(passkeys.list(Caller.of(call).person()));
  }

  private Reply options(Call call) {
    return Reply.ok(passkeys.options(Caller.of(call).person()));
  }

  private Reply create(Call call) {
    return Reply.json(
        201, passkeys.create(Caller.of(call), call.newId(), call.body(Passkey.Made.class)));
  }

  private Reply rename(Call call) {
    return Reply.ok(
        passkeys.rename(Caller.of(call), call.pathId("id"), call.body(Passkey.Name.class)));
  }

  private Reply remove(Call call) {
    passkeys.remove(Caller.of(call), call.pathId("id"));
    return Reply.empty(204);
  }

  private Reply signIn(Call call) {
    return SessionReply.of(passkeys.signIn(call.body(Passkey.Assertion.class), Browser.of(call)));
  }
}
