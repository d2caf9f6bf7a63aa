package io.aragora.access.oidc;

import io.aragora.access.session.Browser;
import io.aragora.access.session.SessionReply;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;
import java.util.Optional;

/** Signing in at the organisation's provider: two visits of the browser. */
public final class OidcRoutes implements Routes {
  private static final int LONGEST = 4_000;

  static final Operation GET =
      Operation.get("oidc.get", "/api/v1/oidc")
          .about("Whether people can sign in at a provider of their own, and its name.")
          .gives(200, OidcView.class);

  static final Operation START =
      Operation.get("oidc.start", "/api/v1/oidc/start")
          .about("Sends the browser to the provider.")
          .query("prompt", "string", "login: the provider shall ask anew who the person is.")
          .gives(302, "", "Location is the provider's page; a cookie binds the browser.")
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.INVALID_QUERY, ErrorCode.SIGN_IN_UNAVAILABLE);

  static final Operation CALLBACK =
      Operation.get("oidc.callback", "/api/v1/oidc/callback")
          .about("Where the provider sends the browser back to: begins a session.")
          .query("code", "string", "What the provider gives for tokens; once.")
          .query("state", "string", "As it was sent to the provider.")
          .query("iss", "string", "Who the provider says it is (RFC 9207).")
          .query("error", "string", "Why the provider let nobody in.")
          .query("error_description", "string", "The same in words; not shown.")
          .query("error_uri", "string", "The same on a page; not shown.")
          .query("scope", "string", "Some providers repeat it; not used.")
          .query("session_state", "string", "Some providers send it; not used.")
          .query("authuser", "string", "Some providers send it; not used.")
          .query("hd", "string", "Some providers send it; not used.")
          .query("prompt", "string", "Some providers repeat it; not used.")
          .gives(200, SessionReply.class)
          .refuses(
              ErrorCode.UNAUTHENTICATED,
              ErrorCode.FORBIDDEN,
              ErrorCode.NOT_FOUND,
              ErrorCode.INVALID_QUERY,
              ErrorCode.SIGN_IN_UNAVAILABLE);

  private final Oidc oidc;

  public OidcRoutes(Oidc oidc) {
    this.oidc = oidc;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, call -> Reply.ok(oidc.view())),
        new Endpoint(START, this::start),
        new Endpoint(CALLBACK, this::callback));
  }

  private Reply start(Call call) {
    Oidc.Departure departure = oidc.depart(visit(call.query("prompt")));
    return Reply.empty(302)
        .with("Location", departure.target().toString())
        .with("Set-Cookie", departure.cookie())
        .with("Cache-Control", "no-store");
  }

  private static Oidc.Visit visit(Optional<String> prompt) {
    return switch (prompt.orElse("")) {
      case "" -> Oidc.Visit.KNOWN;
      case "login" -> Oidc.Visit.ANEW;
      default -> throw Refusal.of(ErrorCode.INVALID_QUERY, "prompt must be login, or absent");
    };
  }

  private Reply callback(Call call) {
    if (call.query("error").isPresent()) {
      throw Refusal.of(ErrorCode.UNAUTHENTICATED, "the provider let nobody in");
    }
    var arrival =
        new Oidc.Arrival(
            call.header("Cookie").orElse(""),
            bounded(call, "state"),
            call.query("iss"),
            bounded(call, "code"));
    return SessionReply.of(oidc.arrive(arrival, Browser.of(call)));
  }

  private static String bounded(Call call, String name) {
    return call.query(name)
        .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
        .orElseThrow(
            () ->
                Refusal.of(
                    ErrorCode.INVALID_QUERY, name + " must have 1 to " + LONGEST + " characters"));
  }
}
