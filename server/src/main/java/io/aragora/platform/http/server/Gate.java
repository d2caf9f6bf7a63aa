package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Right;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.SecurityContext;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Lets a caller in, or not: what is not declared open needs credentials and the right. */
final class Gate {
  private Gate() {}

  /** The admitted caller; empty only for operations open to everybody. */
  static Optional<Admitted> admit(Operation operation, ServerRequest request) {
    return operation.neededRight().map(right -> holderOf(right, request));
  }

  private static Admitted holderOf(Right right, ServerRequest request) {
    Admitted caller = authenticate(request);
    if (!caller.holds(right)) {
      throw Refusal.of(ErrorCode.FORBIDDEN, "this needs the permission " + right.wire());
    }
    return caller;
  }

  private static Admitted authenticate(ServerRequest request) {
    SecurityContext context =
        request
            .context()
            .get(SecurityContext.class)
            .orElseThrow(() -> new IllegalStateException("the security feature is not installed"));
    AuthenticationResponse response = context.atnClientBuilder().optional(true).submit();
    // A database that does not answer must not look like a wrong key.
    if (response.throwable().orElse(null) instanceof DatabaseFault fault) {
      throw fault;
    }
    // Somebody we know came in a way we do not accept: told as it is.
    if (response.throwable().orElse(null) instanceof Refusal refusal) {
      throw refusal;
    }
    return context
        .user()
        .flatMap(subject -> subject.privateCredential(Admitted.class))
        .orElseThrow(
            () -> Refusal.of(ErrorCode.UNAUTHENTICATED, "send a valid API key as Bearer token"));
  }
}
