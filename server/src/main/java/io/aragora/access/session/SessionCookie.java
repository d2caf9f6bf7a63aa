package io.aragora.access.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that holds a session's token. Its prefix makes browsers take it only from this very
 * host and over TLS, so that no neighbour can plant one.
 */
final class SessionCookie {
  private static final String NAME = "__Host-aragora";
  private static final String RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
  private static final Pattern BREAK = Pattern.compile(";");

  static final String GONE = NAME + "=; Max-Age=0" + RULES;

  private SessionCookie() {}

  static String holding(NewSession session) {
    return NAME + "=" + session.token() + "; Max-Age=" + session.life().toSeconds() + RULES;
  }

  /** The token in those Cookie headers; two of them, or one out of shape, are none. */
  static Optional<String> token(List<String> headers) {
    List<String> found =
        headers.stream()
            .flatMap(BREAK::splitAsStream)
            .map(String::strip)
            .filter(each -> each.startsWith(NAME + "="))
            .map(each -> each.substring(NAME.length() + 1))
            .toList();
    return found.size() == 1
        ? Optional.of(found.getFirst()).filter(SessionTokens::isWellFormed)
        : Optional.empty();
  }
}
