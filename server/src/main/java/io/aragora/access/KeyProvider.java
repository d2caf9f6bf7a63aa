package io.aragora.access;

import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.http.Admitted;
import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Principal;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import java.util.List;
import java.util.Optional;

/** Checks {@code Authorization: Bearer ara_...} for the web server. */
final class KeyProvider implements AuthenticationProvider {
  private static final String SCHEME = "bearer ";

  private final Access access;

  KeyProvider(Access access) {
    this.access = access;
  }

  @Override
  public AuthenticationResponse authenticate(ProviderRequest request) {
    try {
      return secret(request)
          .flatMap(access::authenticate)
          .map(caller -> AuthenticationResponse.success(subject(caller)))
          .orElseGet(() -> AuthenticationResponse.failed("no valid API key"));
    } catch (DatabaseFault fault) {
      return AuthenticationResponse.failed("keys cannot be checked", fault);
    }
  }

  private static Optional<String> secret(ProviderRequest request) {
    List<String> values = request.env().headers().getOrDefault("Authorization", List.of());
    return values.size() == 1
            && values.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(values.getFirst().substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private static Subject subject(Caller caller) {
    return Subject.builder()
        .principal(Principal.create(caller.actor().toString()))
        .addPrivateCredential(Admitted.class, caller)
        .build();
  }
}
