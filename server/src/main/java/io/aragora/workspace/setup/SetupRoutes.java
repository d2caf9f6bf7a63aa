package io.aragora.workspace.setup;

import io.aragora.access.session.Browser;
import io.aragora.access.session.SessionReply;
import io.aragora.access.session.Sessions;
import io.aragora.access.session.Strength;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** The first person's way in. */
public final class SetupRoutes implements Routes {
  static final Operation REDEEM =
      Operation.post("setup.redeem", "/api/v1/setup")
          .about(
              "Makes the first account, operator and owner of the first workspace, from the link"
                  + " that aragora user first-admin prints; works once, and signs in.")
          .takesSecret(FirstPerson.class)
          .gives(200, SessionReply.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  private final Setup setup;
  private final Sessions sessions;
  private final Ids ids;

  public SetupRoutes(Setup setup, Sessions sessions, Ids ids) {
    this.setup = setup;
    this.sessions = sessions;
    this.ids = ids;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(REDEEM, this::redeem));
  }

  private Reply redeem(Call call) {
    AccountId account =
        setup.redeem(new AccountId(call.newId()), ids.next(), call.body(FirstPerson.class));
    return SessionReply.of(sessions.begin(account, Strength.PASSWORD, Browser.of(call)));
  }
}
