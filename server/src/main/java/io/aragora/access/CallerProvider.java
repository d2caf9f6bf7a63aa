package io.aragora.access;

import io.aragora.kernel.Refusal;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Admitted;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Principal;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Asks each way in, in order, who the caller is: for the web server. */
final class CallerProvider implements AuthenticationProvider {
  private final List<CallerSource> sources;
  private final UnaryOperator<Caller> standing;

  CallerProvider(List<CallerSource> sources, UnaryOperator<Caller> standing) {
    this.sources = List.copyOf(sources);
    this.standing = standing;
  }

  @Override
  public AuthenticationResponse authenticate(ProviderRequest request) {
    try {
      var head = new CallerSource.Head(request.env().method(), request.env().headers());
      return sources.stream()
          .map(source -> source.caller(head))
          .flatMap(Optional::stream)
          .findFirst()
          .map(standing)
          .map(caller -> AuthenticationResponse.success(subject(caller)))
          .orElseGet(() -> AuthenticationResponse.failed("nobody we know"));
    } catch (DatabaseFault | Refusal fault) {
      return AuthenticationResponse.failed("the caller cannot be told", fault);
    }
  }

  private static Subject subject(Caller caller) {
    return Subject.builder()
        .principal(Principal.create(caller.actor().toString()))
        .addPrivateCredential(Admitted.class, caller)
        .build();
  }
}
