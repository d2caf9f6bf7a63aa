package io.aragora.access.session;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Reply;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person gets who signed in: the cookie, and what a page needs to go on.
 *
 * @param csrfToken to be sent as X-CSRF-Token with every change; also given by GET /api/v1/me
 */
public record SessionReply(
    UUID sessionId,
    UUID accountId,
    @Nullable UUID workspaceId,
    String csrfToken,
    Instant expiresAt) {

  /** The answer to a sign-in, however it was done. */
  public static Reply of(NewSession session) {
    var body =
        new SessionReply(
            session.id(),
            session.account().value(),
            session.workspace().map(WorkspaceId::value).orElse(null),
            session.csrf(),
            session.expiresAt());
    return Reply.secret(200, body).with("Set-Cookie", SessionCookie.holding(session));
  }

  /** The answer to a sign-out. */
  static Reply over() {
    return Reply.empty(204).with("Set-Cookie", SessionCookie.GONE);
  }

  @Override
  public String toString() {
    return "session " + sessionId;
  }
}
