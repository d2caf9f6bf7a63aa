package io.aragora.platform.secret;

/** A sealed value that does not open, or a rotation that cannot go on; never holds a secret. */
public final class SecretFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretFault(String message) {
    super(message, null, false, false);
  }
}
