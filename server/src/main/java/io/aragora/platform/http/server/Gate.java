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

  /** Whoever calls, if we know them; nobody is asked where everybody may come. */
  static Optional<Admitted> recognize(Operation operation, ServerRequest request) {
    return operation.neededRight().flatMap(right -> authenticate(request));
  }

  /** Lets the caller through if it holds the right; strangers only where everybody may come. */
  static void admit(Operation operation, Optional<Admitted> caller) {
    operation.neededRight().ifPresent(right -> requireHolder(right, caller));
  }

  private static void requireHolder(Right right, Optional<Admitted> caller) {
    if (caller.isEmpty()) {
      throw Refusal.of(ErrorCode.UNAUTHENTICATED, "send a valid API key as Bearer token");
    }
    if (!caller.get().holds(right)) {
      throw right.lacking(caller.get());
    }
  }

  private static Optional<Admitted> authenticate(ServerRequest request) {
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
    return context.user().flatMap(subject -> subject.privateCredential(Admitted.class));
  }
}
