package io.aragora.access.oidc;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The provider people may sign in at, this server's name and secret there, and what the button
 * says. Without a secret this server is a public client: PKCE alone protects the code.
 */
public record OidcConfig(URI issuer, String clientId, @Nullable String clientSecret, String name) {
  @Override
  public String toString() {
    return "OidcConfig[" + issuer + ", " + clientId + "]";
  }
}
