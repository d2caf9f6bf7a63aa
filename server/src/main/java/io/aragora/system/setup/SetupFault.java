package io.aragora.system.setup;

/** Keys or certificates that cannot be made or must not be made anew; says what to do. */
public final class SetupFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetupFault(String message) {
    super(message);
  }

  SetupFault(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
