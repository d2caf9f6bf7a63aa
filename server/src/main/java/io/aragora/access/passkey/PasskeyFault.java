package io.aragora.access.passkey;

/** What a browser sent is not what a passkey of ours would say. */
final class PasskeyFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PasskeyFault(String message) {
    super(message, null, false, false);
  }
}
