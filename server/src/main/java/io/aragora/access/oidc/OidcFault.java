package io.aragora.access.oidc;

/** What came back is not what the provider would say to a sign-in begun here. */
final class OidcFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OidcFault(String message) {
    super(message, null, false, false);
  }
}
