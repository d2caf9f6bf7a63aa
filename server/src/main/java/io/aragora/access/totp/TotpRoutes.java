package io.aragora.access.totp;

import io.aragora.access.AnyCaller;
import io.aragora.access.Caller;
import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/**
 * A person's second factor over HTTP. What answers with a secret is a PUT: answers to a POST are
 * kept under their Idempotency-Key, and these must not be.
 */
public final class TotpRoutes implements Routes {
  private static final String PATH = "/api/v1/me/totp";

  static final Operation GET =
      Operation.get("totp.get", PATH)
          .about("Whether you have a second factor, and how many recovery codes are left.")
          .needs(AnyCaller.PERSON)
          .gives(200, TotpState.class);

  static final Operation BEGIN =
      Operation.put("totp.begin", PATH)
          .about(
              "Makes a secret for your authenticator app; shown once, and on after a first code.")
          .needs(AnyCaller.PROVEN)
          .gives(200, TotpState.Secret.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation CONFIRM =
      Operation.put("totp.confirm", PATH + "/confirmation")
          .about("Turns the second factor on with a first code; gives ten recovery codes, once.")
          .needs(AnyCaller.PROVEN)
          .takesSecret(TotpState.Code.class)
          .gives(200, TotpState.Recovery.class)
          .refuses(ErrorCode.CONFLICT);

  static final Operation RENEW =
      Operation.put("totp.renew", PATH + "/recovery-codes")
          .about("Makes ten new recovery codes; the old ones end.")
          .needs(AnyCaller.PROVEN)
          .takesSecret(TotpState.Code.class)
          .gives(200, TotpState.Recovery.class)
          .refuses(ErrorCode.CONFLICT, ErrorCode.TOO_MANY_REQUESTS);

  static final Operation REMOVE =
      Operation.post("totp.remove", PATH + "/remove")
          .about("Removes the second factor; needs a code, a recovery code or the password.")
          .needs(AnyCaller.PROVEN)
          .takesSecret(TotpState.Proof.class)
          .gives(204, "", "There is no second factor any more.")
          .refuses(ErrorCode.CONFLICT, ErrorCode.TOO_MANY_REQUESTS);

  private final Totp totp;

  public TotpRoutes(Totp totp) {
    this.totp = totp;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, this::get),
        new Endpoint(BEGIN, this::begin),
        new Endpoint(CONFIRM, this::confirm),
        new Endpoint(RENEW, this::renew),
        new Endpoint(REMOVE, this::remove));
  }

  private Reply get(Call call) {
    return Reply.ok(totp.state(Caller.of(call).person()));
  }

  private Reply begin(Call call) {
    return unkept(totp.begin(Caller.of(call)));
  }

  private Reply confirm(Call call) {
    return unkept(totp.confirm(Caller.of(call), call.body(TotpState.Code.class)));
  }

  private Reply renew(Call call) {
    return unkept(totp.renew(Caller.of(call), call.body(TotpState.Code.class)));
  }

  private Reply remove(Call call) {
    totp.remove(Caller.of(call), call.body(TotpState.Proof.class));
    return Reply.empty(204);
  }

  private static Reply unkept(Object secret) {
    return Reply.ok(secret).with("Cache-Control", "no-store");
  }
}
